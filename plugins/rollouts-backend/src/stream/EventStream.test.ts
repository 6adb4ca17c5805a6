import type { EntityState } from '../view/entityRollouts';
import { EventStream } from './EventStream';

function state(version: string, names = ['colors']): EntityState {
  return {
    entityRef: 'component:default/colors',
    annotated: true,
    rollouts: names.map(name => ({
      key: name,
      ref: { cluster: 'local', namespace: 'demo', name },
      version,
      json: `"${name}@${version}"`,
    })),
    clusters: '[]',
    refused: [],
    etag: `${version}/${names}`,
  };
}

class Reader {
  text = '';
  full = false;
  drain: () => void = () => {};

  write(text: string): boolean {
    this.text += text;
    return !this.full;
  }

  onDrain(callback: () => void): void {
    this.drain = callback;
  }

  /** The types of the events so far. */
  events(): string[] {
    return [...this.text.matchAll(/^event: (.*)$/gm)].map(
      ([, type = '']) => type,
    );
  }
}

describe('EventStream', () => {
  it('begins with a snapshot and goes on with what changed', () => {
    const reader = new Reader();
    const stream = new EventStream(reader);

    stream.begin(state('1', ['a', 'b']), undefined, 'now');
    stream.update(state('1', ['a', 'b']));
    stream.update(state('2', ['a']));

    expect(reader.events()).toEqual(['snapshot', 'removed', 'rollout']);
    expect(reader.text).toContain('id: 2/a\ndata: "a@2"\n\n');
  });

  it('resumes without a snapshot where nothing was missed', () => {
    const reader = new Reader();
    new EventStream(reader).begin(state('1'), '1/colors', 'now');
    expect(reader.events()).toEqual(['heartbeat']);
  });

  it('gives a snapshot to a reader who missed something', () => {
    const reader = new Reader();
    new EventStream(reader).begin(state('2'), '1/colors', 'now');
    expect(reader.events()).toEqual(['snapshot']);
  });

  it('writes nothing to a slow reader, and one snapshot when they have caught up', () => {
    const reader = new Reader();
    const stream = new EventStream(reader);
    stream.begin(state('1'), undefined, 'now');
    reader.full = true;
    stream.update(state('2'));
    const written = reader.text.length;

    for (let change = 3; change < 1_000; change++) {
      stream.update(state(String(change)));
      stream.heartbeat('later');
    }
    expect(reader.text.length).toBe(written);

    reader.full = false;
    reader.drain();
    expect(reader.events()).toEqual(['snapshot', 'rollout', 'snapshot']);
    expect(reader.text).toContain('"colors@999"');
  });
});
