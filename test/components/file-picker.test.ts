/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import { IMPORT_BYTES_MAX } from '../../miniprogram/contract/imports';
import { failureText } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

interface Chosen {
  tempFiles: { path: string; name: string; size: number }[];
}

describeComponent('components/file-picker/file-picker', render => {
  const chooseMessageFile = jest.fn<Promise<Chosen>, [unknown]>();
  const choose = (name: string, size = 2_000) =>
    chooseMessageFile.mockResolvedValue({ tempFiles: [{ path: `wxfile://${name}`, name, size }] });

  beforeEach(() => {
    chooseMessageFile.mockReset();
    installWx({ chooseMessageFile });
  });

  test('says what to choose, of which kinds', () => {
    const picker = render({ label: '选择名册文件' });

    expect(picker.labels).toEqual(['选择名册文件']);
    expect(picker.text).toContain('选择名册文件');
    expect(picker.text).toContain('.xlsx');
  });

  test.each(['名册.xlsx', '名册.XLSX', '名册.CSV', '名册.xls', '名册'])(
    '%s is handed to the page',
    async name => {
      const picker = render();
      const picked = picker.listen('picked');
      choose(name);

      await picker.labelled('选择文件').tap();

      expect(picked).toEqual([{ path: `wxfile://${name}`, name, bytes: 2_000 }]);
      expect(picker.classed('error')).toEqual([]);
      expect(chooseMessageFile).toHaveBeenCalledWith({ count: 1, type: 'file' });
    },
  );

  test.each([
    ['名册.xlsx', 0, 'file_empty'],
    ['名册.xlsx', IMPORT_BYTES_MAX + 1, 'file_too_big_here'],
  ] as const)('%s of %d bytes: says %s and hands nothing over', async (name, size, code) => {
    const picker = render();
    const picked = picker.listen('picked');
    choose(name, size);

    await picker.labelled('选择文件').tap();

    expect(picker.classed('error')[0]).toMatchObject({
      text: failureText({ code }),
      attributes: { ariaRole: 'alert' },
    });
    expect(picked).toEqual([]);
  });

  test('a right file after a wrong one takes the complaint away', async () => {
    const picker = render();
    choose('名册.xlsx', 0);
    await picker.labelled('选择文件').tap();

    choose('名册.xlsx');
    await picker.labelled('选择文件').tap();

    expect(picker.classed('error')).toEqual([]);
  });

  test('closing the list of files is no failure', async () => {
    const picker = render();
    const picked = picker.listen('picked');
    chooseMessageFile.mockRejectedValue({ errMsg: 'chooseMessageFile:fail cancel' });

    await picker.labelled('选择文件').tap();

    expect(picked).toEqual([]);
    expect(picker.classed('error')).toEqual([]);
  });

  test.each([
    ['chooseMessageFile:fail privacy permission is not authorized', 'privacy_refused'],
    ['chooseMessageFile:fail system error', 'file_not_chosen'],
  ] as const)('%s: says %s', async (errMsg, code) => {
    const picker = render();
    chooseMessageFile.mockRejectedValue({ errMsg });

    await picker.labelled('选择文件').tap();

    expect(picker.classed('error')[0]?.text).toBe(failureText({ code }));
  });

  test('a chosen file is named, and another can take its place', async () => {
    const picker = render({ fileName: '名册.xlsx' });
    const picked = picker.listen('picked');
    choose('新名册.xlsx');

    await picker.labelled('已选文件名册.xlsx，点按重选').tap();

    expect(picker.text).toBe('名册.xlsx点按可重新选择');
    expect(picked).toHaveLength(1);
  });

  test('disabled: opens nothing', async () => {
    const picker = render({ disabled: true });

    await picker.labelled('选择文件').tap();

    expect(chooseMessageFile).not.toHaveBeenCalled();
  });
});
