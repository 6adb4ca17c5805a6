import type {
  CanaryStrategy,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { checkRun } from './testing/checkRun';
import { colors, search } from './testing/demo';
import type { Happening } from './testing/randomRun';

const wait = (seconds: number): Happening => ({ do: 'wait', seconds });
const deploy = (tag: string): Happening => ({ do: 'deploy', tag });

/** The demo's `colors` with a port, other rules and this many pods. */
function routed(replicas: number, rules: CanaryStrategy): Rollout {
  const rollout = colors();
  const template = structuredClone(rollout.spec.template);
  for (const each of template?.spec.containers ?? []) {
    each.ports = [{ containerPort: 8080 }];
  }
  const canary = { ...rollout.spec.strategy?.canary, ...rules };
  return {
    ...rollout,
    spec: { ...rollout.spec, replicas, template, strategy: { canary } },
  };
}

/** Plays it with nothing wrong in the cluster; throws when an invariant breaks. */
const playing = (rollout: Rollout, happenings: Happening[]) => () =>
  checkRun({ rollout, broken: [], fates: {}, happenings });

/** Runs that once broke an invariant, as the random runs found them. */
describe('runs that were found', () => {
  it('I1: an experiment loses a pod while stable has none', () => {
    const rollout = routed(1, {
      steps: [
        {
          experiment: {
            templates: [
              { name: 'baseline', specRef: 'stable', weight: 10 },
              { name: 'candidate', specRef: 'canary', weight: 10 },
            ],
          },
        },
      ],
    });

    expect(
      playing(rollout, [
        wait(3),
        deploy('blue'),
        wait(3),
        { do: 'restart' },
        { do: 'crash' },
        wait(3),
      ]),
    ).not.toThrow();
  });

  it('I1: stable is deleted while a newer version replaces the canary', () => {
    const rollout = routed(1, { steps: [{ setWeight: 1 }, { pause: {} }] });

    expect(
      playing(rollout, [
        wait(3),
        deploy('red'),
        wait(3),
        { do: 'loseStable' },
        deploy('blue'),
        { do: 'turn' },
      ]),
    ).not.toThrow();
  });

  it('I6: a retry passes its first step at once', () => {
    const rollout = routed(1, {
      steps: [
        { setCanaryScale: { replicas: 1 } },
        { analysis: { templates: [{ templateName: 'success-rate' }] } },
      ],
    });

    expect(() =>
      checkRun({
        rollout,
        broken: [],
        fates: { green: 'Error' },
        happenings: [wait(3), deploy('green'), wait(10), { do: 'retry' }],
      }),
    ).not.toThrow();
  });

  it('I2: a former canary service, when an invalid manifest is aborted', () => {
    const rollout = search();
    const canary = {
      steps: [{ setWeight: 1 }, { pause: {} }],
      canaryService: 'search-canary',
      stableService: 'search-stable',
    };

    expect(
      playing(
        {
          ...rollout,
          spec: { ...rollout.spec, replicas: 1, strategy: { canary } },
        },
        [
          wait(3),
          deploy('blue'),
          wait(3),
          { do: 'spoil' },
          { do: 'migrate' },
          { do: 'turn' },
          { do: 'turn' },
          { do: 'abort' },
        ],
      ),
    ).not.toThrow();
  });

  it('I2: the idle service of ping-pong, while stable has no pods', () => {
    const rollout = routed(1, {
      canaryService: undefined,
      stableService: undefined,
      pingPong: { pingService: 'colors-canary', pongService: 'colors-stable' },
      steps: [],
    });

    expect(
      playing(rollout, [
        wait(3),
        deploy('blue'),
        wait(3),
        { do: 'crash' },
        { do: 'crash' },
        { do: 'abort' },
        deploy('blue'),
        { do: 'turn' },
      ]),
    ).not.toThrow();
  });

  it('I2: pods that crash after they were seen', () => {
    const rollout = search();

    expect(
      playing({ ...rollout, spec: { ...rollout.spec, replicas: 1 } }, [
        wait(3),
        { do: 'migrate' },
        { do: 'stale' },
        { do: 'crash' },
        { do: 'turn' },
        deploy('blue'),
        wait(1),
        { do: 'turn' },
      ]),
    ).not.toThrow();
  });

  it('I6: a strategy is changed and changed back after an abort, with stable gone', () => {
    const rollout = search('demo/search:red');
    rollout.spec.replicas = 1;
    rollout.spec.strategy = {
      canary: { steps: [{ setWeight: 1 }, { pause: {} }] },
    };
    expect(
      playing(rollout, [
        wait(3),
        deploy('blue'),
        wait(3),
        { do: 'migrate' },
        { do: 'loseStable' },
        { do: 'abort' },
        { do: 'migrate' },
        { do: 'scale', replicas: 1 },
        { do: 'turn' },
        wait(1),
      ]),
    ).not.toThrow();
  });
});
