import type { ClockState, Persona, PhoneId } from '../shared/preview-api';

/** How this phone was opened; the address says it. */
export interface PhoneOptions {
  phoneId: string;
  persona: Persona;
  clock: ClockState;
  fontScale: number;
  /** Page to start at, with its query; the app's first page when empty. */
  startUrl: string;
  /** The official account's channel, a parameter of the first page. */
  channel: string | undefined;
  /** WeChat's number for where the app is opened from. */
  scene: number;
}

const STRANGER: Persona = {
  id: 'stranger',
  role: 'worker',
  name: '预览用户',
  openid: 'o-preview',
  description: '',
};

/**
 * `phone.html?phone=worker&persona=<id>&fontScale=1.3&channel=x&scene=1035#/pages/home/home`; everything may be left out.
 */
export async function readPhoneOptions(address: Location): Promise<PhoneOptions> {
  const parameters = new URLSearchParams(address.search);
  const phoneId = parameters.get('phone') ?? 'worker';
  const [personas, clock] = await Promise.all([
    getJson<Persona[]>('preview/personas', []),
    getJson<ClockState>('preview/clock', { nowMs: Date.now(), offsetMs: 0 }),
  ]);
  return {
    phoneId,
    clock,
    persona: choosePersona(personas, { phoneId: phoneId as PhoneId, personaId: parameters.get('persona') }),
    fontScale: Number(parameters.get('fontScale')) || 1,
    startUrl: decodeURI(address.hash.slice(1)),
    channel: parameters.get('channel') ?? undefined,
    scene: Number(parameters.get('scene')) || 1001,
  };
}

const choosePersona = (
  personas: readonly Persona[],
  { phoneId, personaId }: { phoneId: PhoneId; personaId: string | null },
): Persona =>
  personas.find(({ id }) => id === personaId) ?? personas.find(({ role }) => role === phoneId) ?? STRANGER;

async function getJson<T>(path: string, otherwise: T): Promise<T> {
  const response = await fetch(path);
  return response.ok ? ((await response.json()) as T) : otherwise;
}
