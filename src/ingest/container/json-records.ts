import { jsonParser, type Token } from 'stream-json/core/parser.js';

/** A flat object: column names and their text. Nested objects are spread with dots, arrays are JSON text. */
export type JsonRecord = Map<string, string>;

/** Thrown for JSON that is broken or does not hold a table; the message continues "<file> ". */
export class JsonShapeError extends Error {}

const maxDepth = 100;

/**
 * Reads the objects of one array, either the whole document or one level down in an object, from the text of the
 * document in pieces. Numbers stay as they are written. With `isSingle`, the document is one object, the record itself.
 */
export class JsonRecords {
  readonly #parse = jsonParser({ packValues: true, streamValues: false });
  readonly #onRecord: (record: JsonRecord) => void;
  readonly #isSingle: boolean;
  /** Objects and arrays that are open. */
  readonly #open: ('object' | 'array')[] = [];
  /** Of the objects of the record that are open: their keys. */
  readonly #path: string[] = [];
  #key = '';
  /** Depth inside which records stand: 1 or 2; 0 outside of the array. */
  #tableDepth = 0;
  /** Key of the array that may be the table, and of the one that is. */
  #arrayKey = '';
  #tableKey: string | undefined;
  #record: JsonRecord | undefined;
  /** Text of the array inside a record that is under way, and the depth where it began. */
  #array = '';
  #arrayDepth = 0;
  #needsComma = false;
  #isDone = false;
  #isEmptyArray = false;
  recordCount = 0;

  constructor(onRecord: (record: JsonRecord) => void, isSingle = false) {
    this.#onRecord = onRecord;
    this.#isSingle = isSingle;
  }

  /** Throws a JsonShapeError. */
  push(text: string): void {
    for (const token of this.#tokens(text)) this.#take(token);
  }

  /** After the last piece. Throws a JsonShapeError when something is missing. */
  finish(): void {
    this.push('\n');
    if (!this.#isDone) throw new JsonShapeError('is cut off in the middle of its JSON');
    if (this.#isSingle || this.#tableKey !== undefined || this.#isEmptyArray) return;
    throw new JsonShapeError('holds no array of objects');
  }

  #tokens(text: string): readonly Token[] {
    try {
      const result = this.#parse(text);
      return typeof result === 'object' && 'values' in result ? result.values : [];
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message.replace(/^Parser (cannot parse input: |has )/, '') : '';
      throw new JsonShapeError(
        `is not valid JSON, somewhere after record ${this.recordCount.toLocaleString('en-US')}: ${reason}`,
        { cause },
      );
    }
  }

  #take(token: Token): void {
    if (this.#arrayDepth > 0) this.#takeInArray(token);
    else if (token.name === 'keyValue') this.#key = token.value;
    else if (token.name === 'startObject') this.#startObject();
    else if (token.name === 'endObject') this.#endObject();
    else if (token.name === 'startArray') this.#startArray();
    else if (token.name === 'endArray') this.#endArray();
    else this.#scalar(textOf(token));
  }

  #startObject(): void {
    const depth = this.#open.length;
    if (depth > maxDepth) throw new JsonShapeError(`is nested more than ${maxDepth} levels deep`);
    this.#open.push('object');
    if (this.#record !== undefined) this.#path.push(this.#key);
    else if (this.#isSingle || this.#isElement(depth)) this.#startRecord();
  }

  #startRecord(): void {
    if (!this.#isSingle) {
      this.#tableKey ??= this.#arrayKey;
      if (this.#tableKey !== this.#arrayKey) {
        const keys = `${JSON.stringify(this.#tableKey)} and ${JSON.stringify(this.#arrayKey)}`;
        throw new JsonShapeError(`holds two arrays of objects, ${keys}: which of them is the table cannot be known`);
      }
    }
    this.#record = new Map();
  }

  /** True for what stands directly in the array that may be the table. */
  #isElement(depth: number): boolean {
    return this.#tableDepth > 0 && depth === this.#tableDepth;
  }

  #endObject(): void {
    this.#open.pop();
    this.#isDone = this.#open.length === 0;
    if (this.#record === undefined) return;
    if (this.#path.length > 0) {
      this.#path.pop();
      return;
    }
    this.recordCount++;
    this.#onRecord(this.#record);
    this.#record = undefined;
  }

  #startArray(): void {
    const depth = this.#open.length;
    if (this.#record !== undefined) {
      this.#arrayDepth = depth + 1;
      this.#array = '[';
      this.#needsComma = false;
    } else if (this.#isElement(depth)) {
      this.#passElement('an array');
    } else if (depth === 0 || (depth === 1 && this.#open[0] === 'object')) {
      if (this.#isSingle) throw new JsonShapeError('is an array');
      this.#arrayKey = depth === 0 ? '' : this.#key;
      this.#tableDepth = depth + 1;
    }
    this.#open.push('array');
  }

  #endArray(): void {
    if (this.#isElement(this.#open.length) && this.#tableKey !== this.#arrayKey) this.#isEmptyArray = true;
    this.#open.pop();
    if (this.#open.length < this.#tableDepth) this.#tableDepth = 0;
    this.#isDone = this.#open.length === 0;
  }

  #scalar(text: string): void {
    if (this.#record !== undefined) this.#set(text);
    else if (this.#open.length === 0) throw new JsonShapeError('holds a single value, no array of objects');
    else if (this.#isElement(this.#open.length)) this.#passElement(JSON.stringify(text.slice(0, 60)));
  }

  #set(text: string): void {
    const column = this.#path.length === 0 ? this.#key : `${this.#path.join('.')}.${this.#key}`;
    if (this.#record?.has(column) === true) {
      const ordinal = (this.recordCount + 1).toLocaleString('en-US');
      throw new JsonShapeError(`has the key ${JSON.stringify(column)} twice in record ${ordinal}`);
    }
    this.#record?.set(column, text);
  }

  #takeInArray(token: Token): void {
    switch (token.name) {
      case 'endArray':
      case 'endObject':
        this.#array += token.name === 'endArray' ? ']' : '}';
        this.#needsComma = true;
        if (this.#open.length === this.#arrayDepth) {
          this.#set(this.#array);
          this.#arrayDepth = 0;
        }
        this.#open.pop();
        return;
      case 'keyValue':
        this.#array += `${this.#needsComma ? ',' : ''}${JSON.stringify(token.value)}:`;
        this.#needsComma = false;
        return;
      case 'startArray':
      case 'startObject':
        if (this.#open.length > maxDepth) throw new JsonShapeError(`is nested more than ${maxDepth} levels deep`);
        this.#open.push(token.name === 'startArray' ? 'array' : 'object');
        this.#array += `${this.#needsComma ? ',' : ''}${token.name === 'startArray' ? '[' : '{'}`;
        this.#needsComma = false;
        return;
      default: {
        const text = token.name === 'stringValue' ? JSON.stringify(token.value) : textOf(token) || 'null';
        this.#array += `${this.#needsComma ? ',' : ''}${text}`;
        this.#needsComma = true;
      }
    }
  }

  /** An element that is no object: an error in the table, and the sign that another array is none. */
  #passElement(what: string): void {
    if (this.#tableDepth > 1 && this.#tableKey !== this.#arrayKey) {
      this.#tableDepth = 0;
      return;
    }
    const ordinal = (this.recordCount + 1).toLocaleString('en-US');
    throw new JsonShapeError(`holds ${what} where an object should stand, as element ${ordinal} of its array`);
  }
}

function textOf(token: Token): string {
  return 'value' in token && token.value !== null ? String(token.value) : '';
}
