export interface TrainingClass {
  id: string;
  title: string;
  status: 'open' | 'closed';
}

export const listClasses = (): TrainingClass[] =>
  ['电工', '焊工', '养老护理', '电商运营', '中式面点'].map((title, index) => ({
    id: `class-${index}`,
    title,
    status: index % 2 === 0 ? 'open' : 'closed',
  }));
