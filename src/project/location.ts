import { ProjectError } from '../errors.ts';

/** A place in a text file; line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Location extends Position {
  readonly file: string;
}

/** The position of the character at `offset` of `text`. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** An error about one place of a model file: `cause, in file:line:column`. */
export function errorAt(
  cause: string,
  { file, line, column }: Location,
  remedy: string | readonly string[] = [],
): ProjectError {
  return new ProjectError(`${cause}, in ${file}:${line}:${column}`, { remedy });
}
