import { formatDecimal } from '../values/decimal.ts';
import { compileExpression, type Expression, type NumberNode, type TextNode } from './expression.ts';

/** The names as written in the header, quoted only where a plain name would be read otherwise. */
export function expressionText(expression: Expression): string {
  const { root, header } = expression;
  const plain = (position: number) => header[position] ?? '';
  const quoted = (position: number) => `"${plain(position).replaceAll('"', '""')}"`;
  const awkwardQuoted = (position: number) => (isPlainName.test(plain(position)) ? plain(position) : quoted(position));
  for (const name of [plain, awkwardQuoted]) {
    const text = print(root, name);
    if (meansTheSame(text, expression)) return text;
  }
  return print(root, quoted);
}

const isPlainName = /^\p{L}[\p{L}\p{N}_]*( [\p{L}\p{N}_]+)*$/u;

function meansTheSame(text: string, { kind, root, header }: Expression): boolean {
  try {
    return nodeKey(compileExpression(text, header, kind).root) === nodeKey(root);
  } catch {
    return false;
  }
}

function nodeKey(node: TextNode | NumberNode): string {
  return JSON.stringify(node, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

/** How tightly an operator binds; an operand that binds less is put in parentheses. */
const binding = { first: 1, join: 2, add: 2, subtract: 2, multiply: 3, negate: 4 } as const;
const operators = { first: '|', join: '&', add: '+', subtract: '-', multiply: '*' } as const;

function print(node: TextNode | NumberNode, name: (position: number) => string, atLeast = 0): string {
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  switch (node.op) {
    case 'column':
      return name(node.position);
    case 'literal':
      return literal(node.text);
    case 'number':
      return formatDecimal(node.value);
    case 'packed':
      return `packed(${name(node.position)}, ${node.field})`;
    case 'unless':
      return `unless(${[name(node.position), ...node.values.map(literal)].join(', ')})`;
    case 'if':
      return `if(${name(node.position)}, ${literal(node.word)}, ${print(node.yes, name)}, ${print(node.no, name)})`;
    case 'first':
    case 'join': {
      const own = binding[node.op];
      const text = node.items.map((item) => print(item, name, own + 1)).join(` ${operators[node.op]} `);
      return own < atLeast ? `(${text})` : text;
    }
    case 'negate':
      return `-${print(node.item, name, binding.negate)}`;
    default: {
      const own = binding[node.op];
      const text = `${print(node.left, name, own)} ${operators[node.op]} ${print(node.right, name, own + 1)}`;
      return own < atLeast ? `(${text})` : text;
    }
  }
}
