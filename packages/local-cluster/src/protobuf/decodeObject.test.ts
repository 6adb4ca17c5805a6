import { decodeObject } from './decodeObject';
import { readMessages } from './messages';

/** Writes a field of length-delimited bytes. */
const bytes = (number: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value);
  return Buffer.concat([
    Buffer.from([(number << 3) | 2, content.length]),
    content,
  ]);
};
const number = (field: number, value: number) =>
  Buffer.from([field << 3, value]);
const join = (...parts: Buffer[]) => Buffer.concat(parts);

function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  return join(
    Buffer.from('k8s\0'),
    bytes(1, join(bytes(1, apiVersion), bytes(2, kind))),
    bytes(2, raw),
  );
}

describe('decodeObject', () => {
  const messages = readMessages();

  it('reads nested fields, maps and quantities, and leaves out what is empty', () => {
    const container = join(
      bytes(1, 'c'),
      bytes(2, ''),
      bytes(8, bytes(1, join(bytes(1, 'cpu'), bytes(2, bytes(1, '100m'))))),
    );
    const pod = join(
      bytes(
        1,
        join(bytes(1, 'a'), bytes(11, join(bytes(1, 'k'), bytes(2, 'v')))),
      ),
      bytes(2, bytes(2, container)),
    );

    expect(decodeObject(messages, envelope('v1', 'Pod', pod))).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', labels: { k: 'v' } },
      spec: {
        containers: [{ name: 'c', resources: { limits: { cpu: '100m' } } }],
      },
    });
  });

  it('keeps a zero that means something', () => {
    const set = bytes(2, number(1, 0));

    expect(
      decodeObject(messages, envelope('apps/v1', 'ReplicaSet', set)).spec,
    ).toEqual({ replicas: 0 });
  });

  it('refuses what is cut off', () => {
    const whole = envelope('v1', 'Pod', bytes(1, bytes(1, 'a')));

    expect(() =>
      decodeObject(messages, whole.subarray(0, whole.length - 1)),
    ).toThrow('malformed');
  });
});
