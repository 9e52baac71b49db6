const SCREEN_RPX = 750;

/** 750 rpx are the width of the screen. */
export const rpxToViewport = (css: string): string =>
  css.includes('rpx')
    ? css.replace(
        /(-?\d*\.?\d+)rpx\b/g,
        (_, amount: string) => `${Number(((Number(amount) * 100) / SCREEN_RPX).toFixed(5))}vw`,
      )
    : css;
