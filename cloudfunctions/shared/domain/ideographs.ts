/*
 * Characters that look like Chinese characters and are none: PDF files and old fonts put them into texts that are
 * copied out of them. Each stands above the character that it is.
 */

/** CJK radicals and strokes that NFKC leaves alone, by Unicode's EquivalentUnifiedIdeograph.txt. */
const RADICALS =
  '⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡';
const OF_RADICALS =
  '厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎';

/** The private-use characters U+E815 to U+E864, in their order: what GBK had no place for and GB 18030 has named since. */
const PRIVATE_USE_FIRST = 0xe815;
const OF_PRIVATE_USE =
  '厂𠂇𠂉𠃌乙㑳㑇刀㔾龴㖞㘚㘎小心㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠牛𡗗龸𤴔䁖䅟𥫗䌷㓁羊𦍌𢦏䎱䎬聿䏝䓖䙡䙌龹䜣䜩䝼䞍𧾷䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻';

const radicals = [...RADICALS];
const ofRadicals = [...OF_RADICALS];

const IDEOGRAPHS: ReadonlyMap<string, string> = new Map<string, string>([
  ...radicals.map((radical, at): [string, string] => [radical, ofRadicals[at] ?? radical]),
  ...[...OF_PRIVATE_USE].map((ideograph, at): [string, string] => [
    String.fromCodePoint(PRIVATE_USE_FIRST + at),
    ideograph,
  ]),
]);

/** Kangxi radicals, CJK radicals and strokes. */
const RADICAL = /[\u2e80-\u2fd5\u31c0-\u31e3]/;

/** The Chinese character that a radical, a stroke or a private-use character stands for; anything else as it is. */
export const toIdeograph = (character: string): string =>
  IDEOGRAPHS.get(character) ?? (RADICAL.test(character) ? character.normalize('NFKC') : character);
