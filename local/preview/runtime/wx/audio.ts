import { assetUrlOf } from './system';

type AudioEvent = 'play' | 'pause' | 'stop' | 'ended' | 'error' | 'canplay' | 'timeupdate';

/** wx.createInnerAudioContext on the browser's audio element. */
class InnerAudio {
  autoplay = false;
  obeyMuteSwitch = true;
  private readonly audio = new Audio();
  private path = '';

  get src(): string {
    return this.path;
  }

  set src(path: string) {
    this.path = path;
    this.audio.src = assetUrlOf(path);
    if (this.autoplay) this.play();
  }

  get volume(): number {
    return this.audio.volume;
  }

  set volume(volume: number) {
    this.audio.volume = volume;
  }

  get loop(): boolean {
    return this.audio.loop;
  }

  set loop(isLooping: boolean) {
    this.audio.loop = isLooping;
  }

  get duration(): number {
    return this.audio.duration;
  }

  get currentTime(): number {
    return this.audio.currentTime;
  }

  get paused(): boolean {
    return this.audio.paused;
  }

  play(): void {
    // Browsers refuse sound before the first tap, machines without a sound card always.
    this.audio.play().catch((error: unknown) => console.info('no sound:', String(error)));
  }

  pause(): void {
    this.audio.pause();
  }

  stop(): void {
    this.audio.pause();
    this.audio.currentTime = 0;
    this.audio.dispatchEvent(new Event('stop'));
  }

  seek(seconds: number): void {
    this.audio.currentTime = seconds;
  }

  destroy(): void {
    this.audio.pause();
    this.audio.removeAttribute('src');
  }

  onPlay = (listener: () => void): void => this.listen('play', listener);
  onPause = (listener: () => void): void => this.listen('pause', listener);
  onStop = (listener: () => void): void => this.listen('stop', listener);
  onEnded = (listener: () => void): void => this.listen('ended', listener);
  onCanplay = (listener: () => void): void => this.listen('canplay', listener);
  onTimeUpdate = (listener: () => void): void => this.listen('timeupdate', listener);
  onError = (listener: (failure: { errMsg: string; errCode: number }) => void): void =>
    this.listen('error', () => listener({ errMsg: 'audio error', errCode: 10004 }));
  offEnded = (): void => undefined;
  offError = (): void => undefined;
  offStop = (): void => undefined;

  private listen(type: AudioEvent, listener: () => void): void {
    this.audio.addEventListener(type, listener);
  }
}

export const createAudio = (): InnerAudio => new InnerAudio();
