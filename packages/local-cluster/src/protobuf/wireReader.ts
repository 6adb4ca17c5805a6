/** One field as it is on the wire. */
export interface WireField {
  number: number;
  value: bigint | Buffer;
}

/**
 * Splits a message into its fields.
 * @throws RangeError when it is cut off or malformed
 */
export function* readFields(message: Buffer): IterableIterator<WireField> {
  let offset = 0;
  while (offset < message.length) {
    const key = Number(varint());
    const number = key >>> 3;
    switch (key & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: bytes(8) };
        break;
      case 2:
        yield { number, value: bytes(Number(varint())) };
        break;
      case 5:
        yield { number, value: bytes(4) };
        break;
      default:
        throw new RangeError(`wire type ${key & 7} is not known`);
    }
  }

  function varint(): bigint {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[offset++];
      if (byte === undefined) throw new RangeError('the message is cut off');
      result |= BigInt(byte & 127) << shift;
      if (byte < 128) return result;
    }
    throw new RangeError('a number is too long');
  }

  function bytes(length: number): Buffer {
    const end = offset + length;
    if (end > message.length) throw new RangeError('the message is cut off');
    const part = message.subarray(offset, end);
    offset = end;
    return part;
  }
}
