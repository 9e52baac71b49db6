/** Facts that may be written to a log: names, codes, counts and times. Nothing that leads to a person. */
type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** One JSON line. */
export const log = (event: string, facts: LogFacts): void => console.log(JSON.stringify({ event, ...facts }));

/** A bug or an outage: its class and place, never its message, which may quote a document. */
export function logError(event: string, error: unknown, facts: LogFacts): void {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const place = stack?.split('\n').find(line => line.trimStart().startsWith('at '));
  console.error(JSON.stringify({ event, name, code, place: place?.trim(), ...facts }));
}
