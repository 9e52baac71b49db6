import type { Story } from './story';

/** What is written out for people, of the applications that have been played. */
export async function playDocuments(story: Story): Promise<void> {
  const { cityCode, clerk } = story.cast;
  await story.done('documents.suggestPinyin', 'of a name', { name: '单雄信' }, clerk);
  const { items } = await story.cloud.must('entry.listApplications', { cityCode }, clerk);
  const applicationId = items[0]?.id ?? '';
  await story.done('documents.makeEntryForm', 'of an application', { applicationId }, clerk);
  await story.refused('documents.makeEntryForm', 'entry_not_found', { applicationId: 'nothing' }, clerk);
}
