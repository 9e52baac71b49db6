import { toPinyin } from '../../../cloudfunctions/documents/name-pinyin';

describe('the pinyin of a name', () => {
  it.each([
    ['单雄信', 'shanxiongxin'],
    ['曾国藩', 'zengguofan'],
    ['仇英', 'qiuying'],
    ['解缙', 'xiejin'],
    ['区小明', 'ouxiaoming'],
    ['查良镛', 'zhaliangyong'],
    ['朴树', 'piaoshu'],
    ['任我行', 'renwoxing'],
    ['盖叫天', 'gejiaotian'],
    ['华罗庚', 'hualuogeng'],
    ['翟让', 'zhairang'],
    ['缪小平', 'miaoxiaoping'],
    ['员半千', 'yunbanqian'],
    ['种师道', 'chongshidao'],
  ])('reads the surname of %s as a surname', (name, expected) => {
    expect(toPinyin(name)).toBe(expected);
  });

  it.each([
    ['欧阳修', 'ouyangxiu'],
    ['尉迟恭', 'yuchigong'],
    ['万俟咏', 'moqiyong'],
    ['长孙无忌', 'zhangsunwuji'],
    ['单于丹', 'chanyudan'],
    ['令狐冲', 'linghuchong'],
    ['澹台灭明', 'tantaimieming'],
  ])('reads the two characters of the surname in %s together', (name, expected) => {
    expect(toPinyin(name)).toBe(expected);
  });

  it.each([
    ['晁盖', 'chaogai'],
    ['刘单', 'liudan'],
  ])('reads what stands in a given name as no surname: %s', (name, expected) => {
    expect(toPinyin(name)).toBe(expected);
  });

  it.each([
    ['吕布', 'lyubu'],
    ['王略', 'wanglyue'],
    ['女娲', 'nyuwa'],
  ])('writes ü with letters that every keyboard has: %s', (name, expected) => {
    expect(toPinyin(name)).toBe(expected);
  });

  it.each([
    ['买买提·艾力', 'maimaitiaili'],
    ['买买提．艾力', 'maimaitiaili'],
    [' 单  雄信 ', 'shanxiongxin'],
    ['Anna 李', 'annali'],
  ])('takes %s as people type it', (name, expected) => {
    expect(toPinyin(name)).toBe(expected);
  });

  it.each(['', ' ', '𠮷野', 'Иван', '单3'])('suggests nothing for %p rather than half a name', name => {
    expect(toPinyin(name)).toBe('');
  });
});
