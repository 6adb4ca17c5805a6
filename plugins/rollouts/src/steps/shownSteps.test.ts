import { demoSteps } from '../__fixtures__/rollout';
import { shownSteps } from './shownSteps';

const now = Date.parse('2026-11-23T12:00:00Z');

describe('shownSteps', () => {
  it('shows the steps of a rollout in progress as they are', () => {
    const steps = demoSteps(now, 2);

    expect(shownSteps({ steps, aborted: false })).toEqual(steps);
  });

  it.each(['next', 'skipped', 'current'] as const)(
    'never shows an aborted rollout as a plan, though what follows is %s',
    state => {
      const steps = demoSteps(now, 2).map(step =>
        step.index < 2
          ? step
          : { ...step, state: step.index === 2 ? ('failed' as const) : state },
      );

      expect(
        shownSteps({ steps, aborted: true }).map(step => step.state),
      ).toEqual(['done', 'done', 'stopped', ...Array(5).fill('notRun')]);
    },
  );

  it('shows nothing as run when it is not known where it was stopped', () => {
    const shown = shownSteps({ steps: demoSteps(now, 0), aborted: true });

    expect(new Set(shown.map(step => step.state))).toEqual(new Set(['notRun']));
  });

  it('calls a step failed only when it decides itself', () => {
    const steps = demoSteps(now, 2, {
      2: { kind: 'analysis', state: 'failed' },
    });

    expect(shownSteps({ steps, aborted: true })[2]?.state).toBe('failed');
  });

  it('keeps what a person skipped before it was stopped', () => {
    const steps = demoSteps(now, 2, {
      1: { state: 'skipped' },
      2: { state: 'failed' },
    });

    expect(shownSteps({ steps, aborted: true })[1]?.state).toBe('skipped');
  });

  it('are not run, not skipped, where the first version needed none', () => {
    const steps = demoSteps(now, 0).map(step => ({
      ...step,
      state: 'skipped' as const,
    }));
    const shown = shownSteps({ steps, aborted: false });
    expect(new Set(shown.map(({ state }) => state))).toEqual(
      new Set(['notRun']),
    );
  });
});
