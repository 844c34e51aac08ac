import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/project/template.ts';
import { projectErrorOf } from './helpers.ts';

function messageOf(sql: string): string {
  return projectErrorOf(() => parseTemplate(sql, 'm.sql')).message;
}

describe('parseTemplate', () => {
  it('splits text and calls, and knows where each call stands', () => {
    expect(parseTemplate("select *\nfrom {{ ref('orders') }}\nwhere x", 'm.sql')).toEqual([
      { kind: 'text', text: 'select *\nfrom ' },
      { kind: 'call', name: 'ref', args: ['orders'], line: 2, column: 9 },
      { kind: 'text', text: '\nwhere x' },
    ]);
  });

  it('reads doubled quotes, integers and arguments over several lines', () => {
    const sql = "{{ add_months(\n  'coalesce(d, ''2024-01-31'')',\n  -2\n) }}{{hash_key('a')}}";
    expect(parseTemplate(sql, 'm.sql')).toEqual([
      { kind: 'call', name: 'add_months', args: ["coalesce(d, '2024-01-31')", '-2'], line: 1, column: 4 },
      { kind: 'call', name: 'hash_key', args: ['a'], line: 4, column: 7 },
    ]);
  });

  it('knows calls in SQL literals and comments too', () => {
    const calls = parseTemplate("'{{ var('shop') }}' -- {{ var('name') }}", 'm.sql').filter(
      ({ kind }) => kind === 'call',
    );
    expect(calls).toHaveLength(2);
  });

  it('starts after the header, with the lines of the file', () => {
    const text = "/* {{ nonsense */\n{{ ref('x') }}";
    expect(parseTemplate(text, 'm.sql', text.indexOf('*/') + 2)).toMatchObject([
      { kind: 'text', text: '\n' },
      { kind: 'call', line: 2, column: 4 },
    ]);
  });

  it('lists may have commas where the function takes a list', () => {
    expect(parseTemplate("{{ string_agg('x', ', ', 'n desc, x') }}", 'm.sql')).toHaveLength(1);
  });

  it.each([
    [
      'a misspelled function',
      "a\n  {{ monts_between('a', 'b') }}",
      '"monts_between" is not a function of models (did you mean "months_between"?), in m.sql:2:6',
    ],
    ['an unknown function', "{{ window_sum('a') }}", '"window_sum" is not a function of models, in m.sql:1:4'],
    [
      'a function of another letter case',
      "{{ Ref('a') }}",
      '"Ref" is not a function of models (did you mean "ref"?), in m.sql:1:4',
    ],
    [
      'a name of JavaScript objects',
      "{{ constructor('a') }}",
      '"constructor" is not a function of models, in m.sql:1:4',
    ],
    ['too few arguments', "{{ divide('a') }}", '1 argument for divide(a, b), which takes 2, in m.sql:1:4'],
    ['too many arguments', "{{ ref('a', 'b') }}", '2 arguments for ref(name), which takes 1, in m.sql:1:4'],
    ['a name that is none', "{{ ref('dim date') }}", '"dim date" is not a name, in ref, in m.sql:1:4'],
    ['no arguments', '{{ ref() }}', '0 arguments for ref(name), which takes 1, in m.sql:1:4'],
    ['an unquoted argument', '{{ ref(orders) }}', '"orders" is not a quoted argument of ref, in m.sql:1:8'],
    ['a double-quoted argument', '{{ ref("orders") }}', '""orders"" is not a quoted argument of ref, in m.sql:1:8'],
    ['a decimal argument', "{{ percentile('x', 0.5) }}", '"0.5" is not a quoted argument of percentile, in m.sql:1:20'],
    ['a missing parenthesis', "{{ ref 'orders' }}", '"ref" is not followed by "(", in m.sql:1:4'],
    ['an argument list that does not end', "{{ ref('orders' }}", '"ref(" is not closed by ")", in m.sql:1:4'],
    ['a quote that does not end', "{{ ref('orders) }}", 'the quote is not closed, in m.sql:1:8'],
    ['a call that does not end', "{{ ref('orders')\nfrom x", '"{{ ref(...)" is not closed by "}}", in m.sql:2:1'],
    ['a call with something after it', "{{ ref('orders') + 1 }}", '"{{ ref(...)" is not closed by "}}", in m.sql:1:18'],
    ['braces without a call', 'select {{ }}', '"{{" is not followed by a function name, in m.sql:1:8'],
    ['a closing pair alone', 'a\nb }} c', '"}}" without its "{{", in m.sql:2:3'],
    [
      'control flow',
      'select 1 {% if x %}',
      '"{%" is not part of the language: models have no control flow, in m.sql:1:10',
    ],
    [
      'a nested call',
      "{{ divide('{{ ref(''a'') }}', 'b') }}",
      '"{{" within an argument: calls cannot be nested, in m.sql:1:11',
    ],
    [
      'unbalanced parentheses in an argument',
      "{{ divide('sum(a', 'b') }}",
      '"sum(a" as a of divide(a, b): the ( is not closed, in m.sql:1:4',
    ],
    [
      'an argument that would become two',
      "{{ ln('a, b') }}",
      '"a, b" as x of ln(x): a comma outside parentheses, in m.sql:1:4',
    ],
    ['an empty argument', "{{ ln('  ') }}", '"  " as x of ln(x): it is empty, in m.sql:1:4'],
    [
      'a comment that would swallow what follows',
      "{{ ln('a -- b') }}",
      '"a -- b" as x of ln(x): a comment does not belong here, in m.sql:1:4',
    ],
    [
      'a type that nobody can cast to',
      "{{ safe_cast('x', 'dat') }}",
      '"dat": it is not a type to cast to (did you mean "date"?); known are date, integer, bigint, double precision, decimal(p,s) of up to 38 digits, in safe_cast, in m.sql:1:4',
    ],
    [
      'a decimal wider than engines have',
      "{{ safe_cast('x', 'decimal(39,2)') }}",
      '"decimal(39,2)": it is not a type to cast to (did you mean "decimal(18,2)"?); known are date, integer, bigint, double precision, decimal(p,s) of up to 38 digits, in safe_cast, in m.sql:1:4',
    ],
    [
      'a percentile beyond 1',
      "{{ percentile('x', '50') }}",
      '"50" is not a number from 0 to 1, in percentile, in m.sql:1:4',
    ],
    [
      'a column that is none',
      "{{ date_series('a', 'b', 'full date') }}",
      '"full date" is not a column name in snake_case, in date_series, in m.sql:1:4',
    ],
    [
      'a pattern that engines read differently',
      "{{ matches('x', '\\d+') }}",
      'pattern "\\d+": "\\d" differs between engines: write a class such as [0-9], in matches, in m.sql:1:4',
    ],
    [
      'a dot in a pattern',
      "{{ matches('x', 'a.c') }}",
      'pattern "a.c": "." differs between engines: write a class such as [^,], or \\., in matches, in m.sql:1:4',
    ],
    [
      'anchors in a pattern',
      "{{ matches('x', '^a$') }}",
      'pattern "^a$": "^" is not needed: the whole value must match, in matches, in m.sql:1:4',
    ],
    [
      'a lookahead in a pattern',
      "{{ matches('x', '(?=a)') }}",
      'pattern "(?=a)": "(?" differs between engines: write a plain group, in matches, in m.sql:1:4',
    ],
    [
      'too many repetitions in a pattern',
      "{{ matches('x', 'a{1,256}') }}",
      'pattern "a{1,256}": it repeats more than 255 times, in matches, in m.sql:1:4',
    ],
    [
      'a broken pattern',
      "{{ matches('x', '(a') }}",
      'pattern "(a": it is not a valid regular expression, in matches, in m.sql:1:4',
    ],
  ])('refuses %s, naming the place', (_situation, sql, message) => {
    expect(messageOf(sql)).toBe(message);
  });

  it('patterns may use escaped punctuation, classes, groups and counts', () => {
    expect(parseTemplate("{{ matches('x', '(a|b)+\\.[^,.]{2,5}\\$?[-+]') }}", 'm.sql')).toHaveLength(1);
  });

  it('whatever stands between calls, and whatever an argument holds, comes back unchanged', () => {
    const plain = fc.string().filter((text) => !/[{}]/.test(text));
    const separator = fc.string().filter((text) => !text.includes('{{'));
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, separator)), (given) => {
        const calls = given.map(([text, arg]) => `${text}{{ string_agg('x', '${arg.replaceAll("'", "''")}', 'x') }}`);
        const expected = given.flatMap(([text, arg]) => (text === '' ? [arg] : [text, arg]));
        const read = parseTemplate(calls.join(''), 'm.sql');
        expect(read.map((segment) => (segment.kind === 'text' ? segment.text : segment.args[1]))).toEqual(expected);
      }),
    );
  });

  it('a long argument without its end is refused at once', () => {
    const start = performance.now();
    expect(messageOf(`{{ ref(${'a'.repeat(1_000_000)}`)).toContain('is not a quoted argument');
    expect(messageOf(`{{ ref('${"''".repeat(500_000)}`)).toContain('the quote is not closed');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
