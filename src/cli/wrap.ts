/** Text in lines of at most `width` characters, broken at spaces; a word that is too long alone is broken, too. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => pieces(word, width))) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Characters beyond 16 bits stay whole. */
function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  const all: string[] = [''];
  for (const character of word) {
    const last = all.at(-1) ?? '';
    if (last.length + character.length <= width) all[all.length - 1] = last + character;
    else all.push(character);
  }
  return all;
}
