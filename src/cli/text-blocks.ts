import { wrap } from './wrap.ts';

/** A line of a block: what it is called, and what there is to say; without a name it is an item of the line before. */
export type Line = readonly [name: string, text: string];

export interface Block {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Lines that are printed as they are, before the others. */
  readonly table?: readonly string[];
}

/** Blocks with all names in one column and long texts wrapped beside it. */
export function blocksText(blocks: readonly Block[], width: number): string {
  const nameWidth = Math.max(0, ...blocks.flatMap(({ lines }) => lines.map(([name]) => name.length)));
  const column = nameWidth + 4;
  const texts = ([name, text]: Line) => {
    const hang = name === '' ? 2 : 0;
    const [first = '', ...rest] = wrap(text, width - column - hang);
    const label = name === '' ? '' : `${name}:`;
    return [`  ${label.padEnd(nameWidth + 2)}${first}`, ...rest.map((line) => ' '.repeat(column + hang) + line)];
  };
  return blocks
    .map(({ title, lines, table = [] }) =>
      [title, ...table.map((line) => `  ${line}`), ...lines.flatMap(texts)].join('\n'),
    )
    .join('\n\n');
}
