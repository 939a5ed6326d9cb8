import path from 'node:path';

/** Whether a path lies in a folder, or is it. Compares the texts: links are the caller's business. */
export function isInside(dir: string, place: string): boolean {
  const relative = path.relative(dir, place);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A file as it is printed: relative to the project, with forward slashes; one elsewhere keeps its whole path. */
export function shownPath(dir: string, place: string): string {
  return (isInside(dir, place) ? path.relative(dir, place) : place).split(path.sep).join('/');
}
