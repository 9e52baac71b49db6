/** weapp-qrcode 1.0.0 brings no types. */
declare module 'weapp-qrcode' {
  interface DrawOptions {
    text: string;
    width: number;
    height: number;
    x?: number;
    y?: number;
    /** A context of the old canvas, or a class instance that acts as one. */
    ctx: object;
    /** L 1, M 0, Q 3, H 2 (the default). */
    correctLevel?: 0 | 1 | 2 | 3;
    foreground?: string;
    background?: string;
    callback?: () => void;
  }
  export default function drawQrcode(options: DrawOptions): void;
}
