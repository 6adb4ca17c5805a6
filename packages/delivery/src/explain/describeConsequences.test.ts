import { colors, search } from '../simulate/testing/demo';
import { Scenario } from '../simulate/testing/scenario';
import { describeConsequences } from './describeConsequences';

const TAGS = { stableImageTag: 'blue', canaryImageTag: 'green' };

const paused = () =>
  new Scenario({ rollout: colors() }).wait(30).deploy('green').wait(20).cluster
    .rollout;
const searching = () =>
  new Scenario({ rollout: search() }).wait(30).deploy('green').wait(20).cluster
    .rollout;

describe('what an action will do', () => {
  it('promote: the next weight, what follows by itself, and the old pods', () => {
    expect(describeConsequences(paused(), 'promote', TAGS)).toEqual([
      'Routes 40 % to green, then pauses 10 s.',
      'By itself after that: 60 %, then pauses 10 s, then 80 %, then pauses 10 s, then 100 %, then makes green the stable version.',
      'The pods of blue stop 30 s after that; until green is stable, abort brings everyone back.',
    ]);
  });

  it('promote fully: how much is skipped', () => {
    expect(describeConsequences(paused(), 'promote-full', TAGS)).toEqual([
      'Routes 100 % to green, then makes green the stable version.',
      'The pods of blue stop 30 s after that; until green is stable, abort brings everyone back.',
      'Skips 7 steps and every analysis.',
    ]);
  });

  it('abort: who goes where, and what stays', () => {
    expect(describeConsequences(paused(), 'abort', TAGS)).toEqual([
      'Routes everyone back to blue. No pod of blue is stopped.',
      'The pods of green stop 30 s later.',
      'Retry starts again at the first step.',
    ]);
  });

  it('set image: up to where it waits for a person', () => {
    expect(describeConsequences(paused(), 'set-image', TAGS)).toEqual([
      'Starts a new revision.',
      'Routes 20 % to the new image, then waits for someone to promote.',
      'Abort brings everyone back to blue at any time.',
    ]);
  });

  it('by pods, when nothing routes traffic', () => {
    expect(describeConsequences(searching(), 'retry', TAGS)).toEqual([
      'Starts again at the first step.',
      'Gives green 1 pod of 5 (about 20 %), then runs the analysis success-rate, then gives green 3 pods of 5 (about 60 %), then pauses 10 s.',
      'By itself after that: makes green the stable version.',
      'The pods of blue are replaced on the way.',
    ]);
  });

  it('works for routers that only Argo Rollouts drives', () => {
    const rollout = structuredClone(paused());
    const canary = rollout.spec.strategy?.canary;
    if (canary) canary.trafficRouting = { nginx: { stableIngress: 'x' } };

    expect(describeConsequences(rollout, 'promote', TAGS)[0]).toBe(
      'Routes 40 % to green, then pauses 10 s.',
    );
  });

  it('tells shares of a router with another maximum', () => {
    const rollout = structuredClone(paused());
    const canary = rollout.spec.strategy?.canary;
    if (canary?.trafficRouting) canary.trafficRouting.maxTrafficWeight = 1_000;
    if (canary) {
      canary.steps = [
        { setWeight: 20 },
        { pause: {} },
        { setWeight: 250 },
        { pause: {} },
      ];
    }

    expect(describeConsequences(rollout, 'promote', TAGS)[0]).toBe(
      'Routes 25 % to green, then waits for someone to promote.',
    );
  });

  it('tells routes by header, mirrored requests and plugins on the way', () => {
    const rollout = structuredClone(paused());
    const canary = rollout.spec.strategy?.canary;
    if (canary) {
      canary.steps = [
        { pause: {} },
        {
          setHeaderRoute: {
            name: 'testers',
            match: [{ headerName: 'x-tester', headerValue: { exact: 'yes' } }],
          },
        },
        {
          setMirrorRoute: {
            name: 'shadow',
            match: [{ path: { prefix: '/' } }],
          },
        },
        { plugin: { name: 'acme/smoke' } },
        { setWeight: 40 },
        { pause: {} },
      ];
      rollout.status = { ...rollout.status, currentStepIndex: 0 };
    }

    expect(describeConsequences(rollout, 'promote', TAGS)[0]).toBe(
      'Carries out setHeaderRoute: testers (x-tester), then carries out setMirrorRoute: shadow 100 %, then carries out plugin: acme/smoke, then routes 40 % to green, then waits for someone to promote.',
    );
  });

  it('leaves the rollout that it is given as it is', () => {
    const rollout = paused();
    const before = structuredClone(rollout);

    describeConsequences(rollout, 'promote', TAGS);

    expect(rollout).toEqual(before);
  });
});
