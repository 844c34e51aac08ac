/** Makes the text of one generated block. */
export type Generator = () => string | Promise<string>;

const BLOCK = /(<!-- generated: ([a-z-]+) -->\n)([\s\S]*?)(<!-- end of generated -->)/g;

/** The page with every generated block made anew; what people wrote around the blocks stays. */
export async function fillPage(page: string, generators: ReadonlyMap<string, Generator>): Promise<string> {
  let filled = '';
  let end = 0;
  for (const match of page.matchAll(BLOCK)) {
    const [block, open = '', name = '', content = '', close = ''] = match;
    const generator = generators.get(name);
    if (generator === undefined) throw new Error(`nothing generates "${name}"`);
    if (content.includes('<!-- generated: ')) throw new Error(`the generated block "${name}" has no end`);
    filled += `${page.slice(end, match.index)}${open}${await generator()}\n${close}`;
    end = match.index + block.length;
  }
  return filled + page.slice(end);
}
