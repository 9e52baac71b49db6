import { showActionSheet, showModal, type ModalOptions } from '../overlays/dialogs';
import { hideToast, showLoading, showToast, type ToastOptions } from '../overlays/toast';
import { ApiFailure, wxFunction, type WxMembers } from './call';

export const createFeedbackApi = (): WxMembers => ({
  showToast: wxFunction<ToastOptions>('showToast', showToast),
  hideToast: wxFunction('hideToast', hideToast),
  showLoading: wxFunction<ToastOptions>('showLoading', showLoading),
  hideLoading: wxFunction('hideLoading', hideToast),
  showModal: wxFunction<ModalOptions>('showModal', showModal),
  showActionSheet: wxFunction<{ itemList: string[]; alertText?: string }>(
    'showActionSheet',
    async ({ itemList, alertText }) => {
      const tapIndex = await showActionSheet(itemList, alertText);
      if (tapIndex < 0) throw new ApiFailure('cancel');
      return { tapIndex };
    },
  ),
  enableAlertBeforeUnload: wxFunction('enableAlertBeforeUnload', () => undefined),
  disableAlertBeforeUnload: wxFunction('disableAlertBeforeUnload', () => undefined),
});
