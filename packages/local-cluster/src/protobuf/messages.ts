import { MESSAGE_FIELDS } from './messageFields';

export interface MessageField {
  /** Undefined: the fields of the message are the object's own. */
  name: string | undefined;
  /** A letter for a scalar, or the name of a message. */
  type: string;
  shape: 'single' | 'list' | 'map';
  /** Whether zero is a value, rather than absence. */
  keepsZero: boolean;
}

export type Messages = ReadonlyMap<string, ReadonlyMap<number, MessageField>>;

const SHAPES: Readonly<Record<string, MessageField['shape']>> = {
  '[]': 'list',
  '{}': 'map',
};

/** Reads the table of wire formats: message by name, field by number. */
export function readMessages(table: string = MESSAGE_FIELDS): Messages {
  const messages = new Map<string, Map<number, MessageField>>();
  for (const line of table.trim().split('\n')) {
    const [message, fields] = line.split(': ') as [string, string];
    const byNumber = new Map<number, MessageField>();
    for (const field of fields.split(', ')) {
      const [number, name, coded] = field.split(' ') as [
        string,
        string,
        string,
      ];
      const [, type, suffix] = /^(\w+)(\[\]|\{\}|\*)?$/.exec(coded)!;
      byNumber.set(Number(number), {
        name: name === '^' ? undefined : name,
        type: type!,
        shape: SHAPES[suffix ?? ''] ?? 'single',
        keepsZero: suffix === '*',
      });
    }
    messages.set(message, byNumber);
  }
  return messages;
}
