import type { RowProblemsView } from '../../view/import-report';

/** More lines at once would be a page of more than 800 nodes. */
const SHOWN_AT_FIRST = 20;

/** What a checked or imported file says: counts, reasons, rows. Emits `file` ({ url }) for the full list. */
export default Component({
  properties: {
    report: { type: Object, value: {} as RowProblemsView },
  },

  data: {
    shownLines: [] as string[],
    hiddenCount: 0,
    shownNoteLines: [] as string[],
    hiddenNoteCount: 0,
    shownGoodLines: [] as string[],
    hiddenGoodCount: 0,
  },

  observers: {
    report(report: RowProblemsView | null) {
      this.show(report, SHOWN_AT_FIRST);
      this.showNotes(report, SHOWN_AT_FIRST);
      this.showGood(report, SHOWN_AT_FIRST);
    },
  },

  methods: {
    show(report: Partial<RowProblemsView> | null, count: number) {
      const lines = report?.lines ?? [];
      this.setData({ shownLines: lines.slice(0, count), hiddenCount: Math.max(0, lines.length - count) });
    },
    showNotes(report: Partial<RowProblemsView> | null, count: number) {
      const lines = report?.noteLines ?? [];
      const hiddenNoteCount = Math.max(0, lines.length - count);
      this.setData({ shownNoteLines: lines.slice(0, count), hiddenNoteCount });
    },
    onMoreNotesTap() {
      this.showNotes(this.data.report as RowProblemsView, Infinity);
    },
    showGood(report: Partial<RowProblemsView> | null, count: number) {
      const lines = report?.goodLines ?? [];
      const hiddenGoodCount = Math.max(0, lines.length - count);
      this.setData({ shownGoodLines: lines.slice(0, count), hiddenGoodCount });
    },
    onMoreGoodTap() {
      this.showGood(this.data.report as RowProblemsView, Infinity);
    },
    onMoreTap() {
      this.show(this.data.report as RowProblemsView, Infinity);
    },
    onFileTap() {
      this.triggerEvent('file', { url: (this.data.report as RowProblemsView).fileUrl });
    },
  },
});
