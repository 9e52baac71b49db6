/** Answers of the `/preview/*` addresses. */

export type PhoneId = 'worker' | 'institution' | 'city';

/** Somebody made up who can hold a phone. */
export interface Persona {
  id: string;
  /** The phone that the persona holds by default. */
  role: PhoneId;
  name: string;
  /** WeChat's identity of the persona. */
  openid: string;
  description: string;
  idNumber?: string;
}

/** An official account that the app can be opened from. */
export interface Channel {
  id: string;
  name: string;
  description?: string;
}

export interface ClockState {
  /** What the system takes for now. */
  nowMs: number;
  /** How far that is ahead of this machine. */
  offsetMs: number;
}

/** What `GET /preview/events` sends. */
export type PreviewEvent =
  { kind: 'rebuilt'; durationMs: number; problems: string[] } | { kind: 'failed'; message: string };
