/** Files that the app has been given, by the paths that it knows them by. */
const files = new Map<string, { blob: Blob; name: string }>();

/** @returns a path that other functions of `wx` take. */
export function keepFile(blob: Blob, name: string): string {
  const path = URL.createObjectURL(blob);
  files.set(path, { blob, name });
  return path;
}

/** Takes the path of something that the app itself has written, such as `wxfile://usr/list.csv`. */
export const keepFileAt = (path: string, blob: Blob): void => void files.set(path, { blob, name: path });

export async function fileAt(path: string): Promise<Blob> {
  const kept = files.get(path);
  return kept ? kept.blob : (await fetch(path)).blob();
}

/** A link for the browser to a file by the app's path. */
export const linkTo = (path: string): string => {
  const kept = files.get(path);
  return kept && !path.startsWith('blob:') ? URL.createObjectURL(kept.blob) : path;
};

/** Lets a person choose files of this computer. @returns none when cancelled. */
export function chooseFiles({
  accept,
  isMultiple,
}: {
  accept: string;
  isMultiple: boolean;
}): Promise<File[]> {
  return new Promise(resolve => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', accept, multiple: isMultiple, hidden: true });
    input.dataset['testid'] = 'preview-file-input';
    document.body.append(input);
    const finish = (chosen: File[]): void => {
      input.remove();
      resolve(chosen);
    };
    input.addEventListener('change', () => finish([...(input.files ?? [])]));
    input.addEventListener('cancel', () => finish([]));
    input.click();
  });
}
