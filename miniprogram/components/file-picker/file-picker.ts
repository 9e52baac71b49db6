import { IMPORT_MEGABYTES_MAX } from '../../contract/imports';
import { pickTable } from '../../phone/pick-table';
import { failureText } from '../../view/failure';

const HINT = `从微信聊天中选择 Excel（.xlsx）或 CSV 文件，最大 ${IMPORT_MEGABYTES_MAX} 兆`;

/** Chooses a table. Emits `picked` with the file ({ path, name, bytes }); says itself what is wrong with another file. */
export default Component({
  properties: {
    label: { type: String, value: '选择文件' },
    fileName: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
  },

  data: { errorText: '', hint: HINT },

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
