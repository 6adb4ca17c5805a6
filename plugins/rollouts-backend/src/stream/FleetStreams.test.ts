import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock } from '@progressive-delivery/kube';
import type { ReaderSight } from '../access/ReaderSights';
import type { FleetFace } from '../fleet/FleetFace';
import { FleetStreams } from './FleetStreams';

function face(
  name: string,
  entityRef = `component:default/${name}`,
): FleetFace {
  const ref = { cluster: 'local', namespace: 'demo', name };
  const row = { ref, entityRef } as FleetRow;
  return {
    key: `local/demo/${name}`,
    row,
    json: JSON.stringify({ name }),
    text: '',
    after: [],
  };
}

function sightOf(...seen: string[]): ReaderSight {
  const refs = new Set(seen.map(name => `component:default/${name}`));
  return {
    signature: seen.join(),
    ownershipRefs: [],
    sees: ref => ref !== undefined && refs.has(ref),
    isDecided: ref => ref !== 'component:default/undecided',
  };
}

function open(lastEventId?: string, sight = sightOf('colors')) {
  const clock = new ManualClock();
  const reader = { sight, fails: false };
  const streams = new FleetStreams({
    instance: 'one',
    revision: () => 7,
    since: revision =>
      revision === 5 ? { faces: [face('colors')], former: [] } : undefined,
    sightOf: async () => {
      if (reader.fails) throw new Error('token expired');
      return reader.sight;
    },
    clusters: () => '[]',
    clock,
    logger: mockServices.logger.mock(),
  });
  const sink = {
    text: '',
    full: false,
    ended: false,
    drain: () => {},
    write(text: string) {
      sink.text += text;
      return !sink.full;
    },
    onDrain(callback: () => void) {
      sink.drain = callback;
    },
    end() {
      sink.ended = true;
    },
  };
  streams.open({
    credentials: mockCredentials.user(),
    sight: reader.sight,
    lastEventId,
    sink,
  });
  const events = () =>
    [...sink.text.matchAll(/^event: (.*)$/gm)]
      .map(([, type]) => type)
      .filter(type => type !== 'heartbeat');
  const beat = async () => {
    clock.advance(15_000);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { streams, sink, reader, events, beat };
}

describe('the stream of the fleet', () => {
  it('sends the rows that the reader sees, and no trace of others', () => {
    const { streams, sink, events } = open();
    streams.changed({
      revision: 8,
      faces: [face('colors'), face('secret')],
      former: [face('hidden')],
    });
    expect(events()).toEqual(['reload', 'rows']);
    expect(sink.text).toContain('data: [{"name":"colors"}]');
    expect(sink.text).not.toMatch(/secret|hidden/);
  });

  it('says that what waits is otherwise to those alone who see the rollout', () => {
    const { streams, events } = open();
    streams.waitingChanged([face('search')]);
    expect(events()).toEqual(['reload']);
    streams.waitingChanged([face('search'), face('colors')]);
    expect(events()).toEqual(['reload', 'waiting']);
  });

  it('says to everybody that other freezes go on, and not which', () => {
    const { streams, sink, events } = open();
    streams.freezesChanged();
    expect(events()).toEqual(['reload', 'freezes']);
    expect(sink.text).toMatch(/event: freezes\nid: .*\ndata: {}\n\n$/);
  });

  it('says that a row is gone to those alone who saw it', () => {
    const { streams, sink, events } = open();
    streams.changed({
      revision: 8,
      faces: [face('colors', 'component:default/secret')],
      former: [face('colors'), face('secret')],
    });
    expect(events()).toEqual(['reload', 'removed']);
    expect(sink.text).not.toContain('"secret"');
  });

  it('resumes where nothing is forgotten, and reloads otherwise', () => {
    // As a stream of the same reader names what they see.
    const [, seen] = /^id: one 7 (\S+)$/m.exec(open().sink.text) ?? [];
    // What has no revision is told in any case.
    expect(open(`one 5 ${seen}`).events()).toEqual([
      'rows',
      'clusters',
      'waiting',
      'freezes',
    ]);
    expect(open(`one 1 ${seen}`).events()).toEqual(['reload']);
    expect(open(`another 5 ${seen}`).events()).toEqual(['reload']);
  });

  it('reloads for a reader whose rights changed while they were away', async () => {
    const { reader, beat, sink } = open();
    reader.sight = sightOf('colors', 'search');
    await beat();
    const [[, before] = [], [, after] = []] = [
      ...sink.text.matchAll(/^id: one 7 (\S+)$/gm),
    ].filter(([id], at, all) => at === 0 || id !== all[at - 1]?.[0]);
    expect(open(`one 5 ${before}`).events()[0]).toBe('rows');
    expect(open(`one 5 ${after}`).events()).toEqual(['reload']);
  });

  it('tells a reader to read again whose rights have changed', async () => {
    const { reader, events, beat, streams, sink } = open();
    reader.sight = sightOf('search');
    await beat();
    expect(events()).toEqual(['reload', 'reload']);
    const before = sink.text.length;
    streams.changed({ revision: 8, faces: [face('colors')], former: [] });
    expect(sink.text.length).toBe(before);
  });

  it('ends when nobody can tell what the reader may see', async () => {
    const { reader, beat, sink, streams } = open();
    reader.fails = true;
    await beat();
    expect(sink.ended).toBe(true);
    expect(streams.size).toBe(0);
  });

  it('asks at once about an entity that nobody has asked about yet', async () => {
    const { reader, streams, events } = open();
    reader.sight = sightOf('colors', 'undecided');
    streams.changed({ revision: 8, faces: [face('undecided')], former: [] });
    await new Promise(resolve => setImmediate(resolve));
    expect(events()).toEqual(['reload', 'reload']);
  });

  it('writes nothing to a slow reader, and one reload when they have caught up', () => {
    const { streams, sink, events } = open();
    sink.full = true;
    streams.changed({ revision: 8, faces: [face('colors')], former: [] });
    const written = sink.text.length;
    for (let change = 0; change < 1_000; change++) {
      streams.changed({ revision: 9, faces: [face('colors')], former: [] });
    }
    expect(sink.text.length).toBe(written);
    sink.full = false;
    sink.drain();
    expect(events()).toEqual(['reload', 'rows', 'reload']);
  });

  it('does not forget over a heartbeat that a slow reader missed something', async () => {
    const { streams, sink, events, beat } = open();
    sink.full = true;
    streams.changed({ revision: 8, faces: [face('colors')], former: [] });
    streams.changed({ revision: 9, faces: [face('colors')], former: [] });
    await beat();
    sink.full = false;
    sink.drain();
    expect(events()).toEqual(['reload', 'rows', 'reload']);
  });

  it('writes nothing to a slow reader after its end', () => {
    const { streams, sink, events } = open();
    sink.full = true;
    streams.changed({ revision: 8, faces: [face('colors')], former: [] });
    streams.changed({ revision: 9, faces: [face('colors')], former: [] });
    streams.close();
    sink.drain();
    expect(events()).toEqual(['reload', 'rows']);
  });

  it('names in its ids what the reader sees now, so that they resume with it', async () => {
    const { reader, beat, sink, streams } = open();
    reader.sight = sightOf('colors', 'search');
    await beat();
    streams.clustersChanged();
    const ids = [...sink.text.matchAll(/^id: one 7 (\S+)$/gm)];
    const [, first] = ids[0]!;
    const [, now] = ids.at(-1)!;
    expect(now).not.toBe(first);
    expect(open(`one 5 ${now}`, reader.sight).events()[0]).toBe('rows');
  });

  it('ends for a reader who takes nothing for a minute, and not before', async () => {
    const { streams, sink, beat } = open();
    sink.full = true;
    streams.changed({ revision: 8, faces: [face('colors')], former: [] });
    for (let beats = 0; beats < 3; beats++) await beat();
    expect(sink.ended).toBe(false);
    await beat();
    expect(sink.ended).toBe(true);
    expect(streams.size).toBe(0);
  });

  it('begins the minute anew when the reader has caught up', async () => {
    const { streams, sink, beat } = open();
    for (let times = 0; times < 3; times++) {
      sink.full = true;
      streams.changed({ revision: 8, faces: [face('colors')], former: [] });
      await beat();
      await beat();
      sink.full = false;
      sink.drain();
      await beat();
    }
    expect(sink.ended).toBe(false);
  });

  it('lets who would get very many rows read the list instead', () => {
    const { streams, events } = open();
    const faces = (count: number) =>
      Array.from({ length: count }, () => face('colors'));
    streams.changed({ revision: 8, faces: faces(1_000), former: [] });
    streams.changed({ revision: 9, faces: faces(1_001), former: [] });
    expect(events()).toEqual(['reload', 'rows', 'reload']);
  });

  it('says that what waits is otherwise to who has joined a group', async () => {
    const { reader, events, beat } = open();
    reader.sight = {
      ...reader.sight,
      ownershipRefs: ['group:default/palette'],
    };
    await beat();
    await beat();
    expect(events()).toEqual(['reload', 'waiting']);
  });
});
