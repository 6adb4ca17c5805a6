import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import {
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { canary } from '../../__testUtils__/rollouts';
import { migrate } from '../../database/migrate';
import { observe } from '../observe/observe';
import { ReleaseReads } from '../read/ReleaseReads';
import { HistoryStore } from '../store/HistoryStore';
import { verifyChains } from '../verify/verifyChains';
import type { Look } from './Buffer';
import {
  HistoryRecorder,
  type HistoryRecorderOptions,
} from './HistoryRecorder';

const STREAM = 'local/u1';

describe('the recorder', () => {
  let database: TestDatabase;
  let store: HistoryStore | undefined;
  const clock = new ManualClock();

  beforeEach(async () => {
    database = await startSqlite();
    await migrate(database.knex);
    store = new HistoryStore(database.knex);
  });
  afterEach(() => database.stop());

  function recorder(options: Partial<HistoryRecorderOptions> = {}) {
    return new HistoryRecorder({
      store: () => store,
      gapBefore: async () => undefined,
      clock,
      logger: mockServices.logger.mock(),
      ...options,
    });
  }

  let version = 0;
  beforeEach(() => {
    version = 0;
  });

  function look(
    currentStepIndex: number,
    options: { aborted?: boolean; version?: number } = {},
  ): Look {
    version += 1;
    const rollout = canary({
      metadata: {
        uid: 'u1',
        resourceVersion: `${options.version ?? version}`,
      },
      status: {
        currentStepIndex,
        abort: options.aborted,
        pauseConditions: [],
      },
    });
    const at = clock.now();
    return {
      at,
      subject: rollout,
      gone: false,
      first: false,
      observe: (_, gap) =>
        observe({
          at,
          cluster: 'local',
          rollout,
          gone: false,
          entityRefs: [],
          replicaSets: [],
          analysisRuns: [],
          commitAnnotations: [],
          gap,
        }),
    };
  }

  async function steps() {
    const rows = await database
      .knex('rollouts_history_entries')
      .where({ kind: 'step' })
      .orderBy('seq');
    return rows.map(({ data }) => JSON.parse(data).index);
  }

  it('writes what it is told while the database is away, once it is back', async () => {
    const here = store;
    store = undefined;
    const one = recorder();
    for (const index of [0, 1, 2]) {
      clock.advance(1_000);
      one.look(STREAM, 'local', look(index));
    }
    one.deed(STREAM, 'local', 'comment', '1', clock.now(), {
      requestId: 'r',
      by: 'user:default/ada',
      text: 'now',
    });
    await expect(one.flush()).rejects.toThrow('has not been opened');
    expect(one.state.waiting).toBe(4);

    store = here;
    await one.flush();

    expect(one.state.waiting).toBe(0);
    expect(await steps()).toEqual([0, 1, 2]);
    expect((await verifyChains(database.knex)).problems).toEqual([]);
  });

  it('warns of nothing while the database is still being opened', async () => {
    const here = store;
    store = undefined;
    const logger = mockServices.logger.mock();
    const one = recorder({ logger });
    one.look(STREAM, 'local', look(0));
    one.start();
    await clock.timerWithin(250);
    expect(one.state.waiting).toBe(1);

    store = here;
    await one.stop();

    expect(await steps()).toEqual([0]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('keeps everything when a write fails in the middle', async () => {
    const one = recorder();
    one.look(STREAM, 'local', look(0));
    await database.knex.raw(
      `CREATE TRIGGER full BEFORE INSERT ON rollouts_history_releases
       BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    await expect(one.flush()).rejects.toThrow('disk full');
    expect(await database.knex('rollouts_history_entries')).toEqual([]);

    await database.knex.raw('DROP TRIGGER full');
    await one.flush();
    expect(await steps()).toEqual([0]);
  });

  it('gives up what lies in between when its buffer is full, and says so', async () => {
    const here = store;
    store = undefined;
    const one = recorder({ mostBuffered: 3 });
    for (const index of [0, 1, 2, 3]) {
      clock.advance(1_000);
      one.look(STREAM, 'local', look(index));
    }
    expect(one.state).toMatchObject({ waiting: 1, dropped: 3 });

    store = here;
    await one.flush();
    const [release] = await new ReleaseReads(database.knex).page(
      {},
      { all: true },
      1,
    );
    expect(release?.summary.gaps).toBe(true);
    expect(await steps()).toEqual([3]);
    const gaps = await database
      .knex('rollouts_history_entries')
      .where({ kind: 'gap' });
    expect(gaps.map(({ data }) => JSON.parse(data).cause)).toEqual([
      'buffer-full',
    ]);
  });

  it('leaves the same record however two replicas take turns', async () => {
    const looks = [0, 1, 2, 3].map(index => look(index));
    const [one, two] = [recorder(), recorder()];
    const flushes: Promise<void>[] = [];
    for (const each of looks) {
      one.look(STREAM, 'local', each);
      two.look(STREAM, 'local', { ...each });
      flushes.push(one.flush(), two.flush());
    }
    await Promise.all(flushes);
    await one.flush();
    await two.flush();
    expect(await steps()).toEqual([0, 1, 2, 3]);
    expect(await database.knex('rollouts_history_releases')).toHaveLength(1);
  });

  it('takes a replica that lags behind for what it is', async () => {
    const before = look(2, { version: 99 });
    const aborted = look(0, { aborted: true, version: 100 });
    const [ahead, behind] = [recorder(), recorder()];
    ahead.look(STREAM, 'local', { ...before });
    ahead.look(STREAM, 'local', aborted);
    await ahead.flush();
    // Not aborted, and the same version: only its age tells it from a retry.
    behind.look(STREAM, 'local', before);
    await behind.flush();
    await behind.flush();

    const releases = await database.knex('rollouts_history_releases');
    expect(releases.map(({ outcome }) => outcome)).toEqual(['aborted']);
  });

  it('has recorded all when it says so, although another replica was faster', async () => {
    const [one, two] = [recorder(), recorder()];
    one.look(STREAM, 'local', look(0));
    await one.flush();
    two.look(STREAM, 'local', look(1));
    await two.flush();
    // It does not know yet what the other one wrote.
    one.look(STREAM, 'local', look(2));
    one.deed(STREAM, 'local', 'comment', '1', clock.now(), {
      requestId: 'r',
      by: 'user:default/ada',
      text: 'now',
    });
    await one.flush();
    expect(one.state.waiting).toBe(0);
    const comments = await database
      .knex('rollouts_history_entries')
      .where({ kind: 'comment' });
    expect(comments).toHaveLength(1);
  });

  it('passes over an object of which nothing can be made, and records the others', async () => {
    const one = recorder();
    one.look('local/u2', 'local', {
      ...look(0),
      observe: () => {
        throw new TypeError('steps is not iterable');
      },
    });
    one.look(STREAM, 'local', look(1));
    await one.flush();
    expect(one.state.waiting).toBe(0);
    expect(await steps()).toEqual([1]);
  });

  it('goes on where the last process stopped', async () => {
    const first = recorder();
    first.look(STREAM, 'local', look(1));
    await first.flush();
    const second = recorder();
    second.look(STREAM, 'local', look(1));
    second.look(STREAM, 'local', look(2));
    await second.flush();
    expect(await steps()).toEqual([1, 2]);
  });
});
