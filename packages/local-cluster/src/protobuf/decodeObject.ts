import { badRequest } from '../api/apiError';
import { setOwn } from '../storage/ownCopy';
import { MessageField, Messages } from './messages';
import { readFields } from './wireReader';

/** `k8s` and a zero byte stand before every object. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0]);

type Item = Record<string, unknown>;

/**
 * Reads an object as Go clients send it. What is zero and need not be there
 * is left out, as it would be in JSON.
 *
 * Implemented: requests of the builtin kinds that are served, their reviews,
 * evictions, bindings, scales and delete options. Not implemented: answers in
 * protobuf; clients accept JSON as well.
 * @throws ApiError 400 when it cannot be read
 */
export function decodeObject(messages: Messages, body: Buffer): Item {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest('the protobuf object does not begin as one');
  }
  try {
    return decodeEnvelope(messages, body.subarray(MAGIC.length));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) {
      throw error;
    }
    throw badRequest(`the protobuf object is malformed: ${error.message}`);
  }
}

function decodeEnvelope(messages: Messages, envelope: Buffer): Item {
  const type: Item = {};
  let raw: Buffer = Buffer.alloc(0);
  for (const { number, value } of readFields(envelope)) {
    if (number === 2) raw = value as Buffer;
    if (number !== 1) continue;
    for (const part of readFields(value as Buffer)) {
      type[part.number === 1 ? 'apiVersion' : 'kind'] = String(part.value);
    }
  }
  const kind = String(type.kind);
  if (!messages.has(kind)) {
    throw badRequest(
      `${kind} in ${type.apiVersion} cannot be read from protobuf: send it as JSON`,
    );
  }
  return { ...type, ...decodeMessage(messages, kind, raw) };
}

function decodeMessage(
  messages: Messages,
  name: string,
  message: Buffer,
): Item {
  const fields = messages.get(name);
  const result: Item = {};
  for (const { number, value } of readFields(message)) {
    const field = fields?.get(number);
    if (!field) continue; // Newer than what is known, as a server would.
    if (field.name === undefined) {
      Object.assign(
        result,
        decodeMessage(messages, field.type, value as Buffer),
      );
    } else if (field.shape === 'list') {
      const list = (result[field.name] ??= []) as unknown[];
      for (const item of unpack(field, value)) {
        list.push(decodeValue(messages, field.type, item));
      }
    } else if (field.shape === 'map') {
      const map = (result[field.name] ??= {}) as Item;
      const [key, item] = decodeEntry(messages, field, value as Buffer);
      setOwn(map, key, item);
    } else {
      const decoded = decodeValue(messages, field.type, value);
      if (field.keepsZero || !isZero(decoded)) result[field.name] = decoded;
    }
  }
  return result;
}

/** Numbers in lists may come one by one or packed together. */
function unpack(
  field: MessageField,
  value: bigint | Buffer,
): (bigint | Buffer)[] {
  if (typeof value === 'bigint' || !['i', 'b'].includes(field.type)) {
    return [value];
  }
  const numbers: bigint[] = [];
  let number = 0n;
  let shift = 0n;
  for (const byte of value) {
    number |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte < 128) {
      numbers.push(number);
      number = 0n;
      shift = 0n;
    }
  }
  return numbers;
}

function decodeEntry(
  messages: Messages,
  field: MessageField,
  entry: Buffer,
): [string, unknown] {
  let key = '';
  let item = decodeValue(messages, field.type, Buffer.alloc(0));
  for (const { number, value } of readFields(entry)) {
    if (number === 1) key = String(value);
    else item = decodeValue(messages, field.type, value);
  }
  return [key, item];
}

function decodeValue(
  messages: Messages,
  type: string,
  value: bigint | Buffer,
): unknown {
  if (type === 'i') return toNumber(value);
  if (type === 'b') return value === 1n;
  const bytes = value as Buffer;
  switch (type) {
    case 's':
      return bytes.toString('utf8');
    case 'y':
      return bytes.toString('base64');
    case 'd':
      return bytes.length === 8 ? bytes.readDoubleLE() : 0;
    case 'T':
      return timeText(bytes, 0);
    case 'U':
      return timeText(bytes, 6);
    case 'Q':
      return String(first(bytes) ?? '0');
    case 'D':
      return toNumber(first(bytes) ?? 0n);
    case 'J': {
      const raw = first(bytes);
      return raw ? JSON.parse(String(raw)) : undefined;
    }
    case 'V':
      return [...readFields(bytes)].map(part => String(part.value));
    case 'I':
      return intOrString(bytes);
    default:
      return decodeMessage(messages, type, bytes);
  }
}

function first(message: Buffer): bigint | Buffer | undefined {
  for (const { number, value } of readFields(message)) {
    if (number === 1) return value;
  }
  return undefined;
}

function intOrString(message: Buffer): number | string {
  let isString = false;
  let number = 0;
  let text = '';
  for (const { number: field, value } of readFields(message)) {
    if (field === 1) isString = value === 1n;
    if (field === 2) number = toNumber(value);
    if (field === 3) text = String(value);
  }
  return isString ? text : number;
}

/** RFC 3339 with so many digits of a second; undefined for no time. */
function timeText(message: Buffer, digits: number): string | undefined {
  if (message.length === 0) return undefined;
  let seconds = 0;
  let nanos = 0;
  for (const { number, value } of readFields(message)) {
    if (number === 1) seconds = toNumber(value);
    if (number === 2) nanos = toNumber(value);
  }
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(nanos).padStart(9, '0').slice(0, digits);
  return digits === 0 ? `${whole}Z` : `${whole}.${fraction}Z`;
}

/** Negative numbers are on the wire as 64 bits. */
function toNumber(value: bigint | Buffer): number {
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
}

function isZero(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || value === false;
}
