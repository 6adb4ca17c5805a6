import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatedRollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ADA, actionContext } from '../__testUtils__/actionContext';
import { createSimulateAction } from './simulate';

const shop: SimulatedRollout = {
  namespace: 'demo',
  name: 'shop',
  outcome: { kind: 'aborted', at: 90_000, phase: 'Degraded' },
  exposed: 12_000,
  text: 'a log',
  picture: '<svg/>',
  timeline: {},
};
const cart: SimulatedRollout = {
  ...shop,
  name: 'cart',
  outcome: { kind: 'stuck', at: 1_000, phase: 'Degraded', message: 'No pods' },
};

describe('rollouts:simulate', () => {
  async function run(input: object, simulations = [shop]) {
    const simulate = jest.fn(async (_who: unknown, _body: unknown) => ({
      simulations,
    }));
    const made = await actionContext(input, { files: { 'a.yaml': 'kind: A' } });
    await createSimulateAction({ simulate }).handler(made.ctx);
    return { ...made, simulate };
  }

  it('asks in the name of who runs the task, with all that is assumed', async () => {
    const { simulate } = await run({
      rollout: 'shop',
      assumptions: { failAtStep: 4 },
    });

    expect(simulate).toHaveBeenCalledWith(ADA, {
      files: [{ name: 'a.yaml', text: 'kind: A' }],
      rollout: 'shop',
      assumptions: { failAtStep: 4 },
    });
  });

  it('reports, and writes a picture', async () => {
    const { outputs, workspacePath } = await run({
      expect: 'aborted',
      pictures: 'docs',
    });

    expect(outputs().simulations).toEqual([
      {
        namespace: 'demo',
        name: 'shop',
        outcome: 'aborted',
        seconds: 90,
        exposedSeconds: 12,
      },
    ]);
    expect(
      await readFile(join(workspacePath, 'docs/demo-shop.svg'), 'utf8'),
    ).toBe('<svg/>');
  });

  it('stops the task when any of them ends otherwise than expected', async () => {
    await expect(run({ expect: 'promoted' })).rejects.toThrow(
      'demo/shop would be aborted, not promoted.',
    );
    await expect(run({ expect: 'aborted' }, [shop, cart])).rejects.toThrow(
      'demo/cart would be stuck, not aborted: No pods.',
    );
  });

  it('expects nothing unless it is told to', async () => {
    const { outputs } = await run({}, [shop, cart]);

    expect(outputs()).toMatchObject({ report: 'a log\n\na log', pictures: [] });
  });
});
