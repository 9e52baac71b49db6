import { quietly } from '../guarded';

/** Asks before a form with unsaved input is left. `unsaved` false takes the question away. */
export function confirmLeave(unsaved: boolean): void {
  quietly(() =>
    unsaved
      ? wx.enableAlertBeforeUnload({ message: '填写的内容还没有保存，确定离开吗？' })
      : wx.disableAlertBeforeUnload(),
  );
}
