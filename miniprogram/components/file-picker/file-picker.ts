import { IMPORT_MEGABYTES_MAX } from '../../contract/imports';
import { pickTable } from '../../phone/pick-table';
import { failureText } from '../../view/failure';

const HINTS = {
  table: `从微信聊天中选择 Excel（.xlsx）或 CSV 文件，最大 ${IMPORT_MEGABYTES_MAX} 兆`,
  scan: `从微信聊天中选择 PDF、JPG 或 PNG 文件，最大 ${IMPORT_MEGABYTES_MAX} 兆`,
};

/** Chooses a table, or the scan of a document. Emits `picked` with the file ({ path, name, bytes }); says itself what is wrong with another file. */
export default Component({
  properties: {
    label: { type: String, value: '选择文件' },
    fileName: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
    kind: { type: String, value: 'table' as keyof typeof HINTS },
  },

  data: { errorText: '', hints: HINTS },

  methods: {
    async onTap() {
      if (this.data.disabled) return;
      const picked = await pickTable();
      if (!picked) return;
      this.setData({ errorText: picked.ok ? '' : failureText(picked.error) });
      if (picked.ok) this.triggerEvent('picked', picked.data);
    },
  },
});
