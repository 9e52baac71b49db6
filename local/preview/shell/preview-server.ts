import type { Channel, ClockState, Persona, PreviewEvent } from '../shared/preview-api';

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

export const fetchPersonas = (): Promise<Persona[]> => getJson('preview/personas');
export const fetchChannels = (): Promise<Channel[]> => getJson('preview/channels');
export const fetchClock = (): Promise<ClockState> => getJson('preview/clock');

/** Moves the system's clock. @throws Error when the server refuses */
export async function moveClock(change: { addDays: number } | { offsetMs: number }): Promise<ClockState> {
  const response = await fetch('preview/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error('the clock cannot be moved');
  return (await response.json()) as ClockState;
}

/** Follows the builds of the mini-program. */
export function followBuilds(listener: (event: PreviewEvent) => void): void {
  const events = new EventSource('preview/events');
  events.addEventListener('message', ({ data }) => listener(JSON.parse(String(data)) as PreviewEvent));
}
