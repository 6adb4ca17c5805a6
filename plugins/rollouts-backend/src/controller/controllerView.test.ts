import { controllerView, type ControllerFacts } from './controllerView';

const embedded: ControllerFacts = { mode: 'embedded', leasesUnreadable: false };
const waiting = { phase: 'idle', reason: 'not leading' } as const;

describe('the embedded controller', () => {
  it('acts when it is active', () => {
    expect(
      controllerView({ ...embedded, embedded: { phase: 'active' } }),
    ).toEqual({ mode: 'embedded', acting: 'embedded' });
  });

  it.each(['absent', 'observing', 'stale', undefined] as const)(
    'does not act before it leads, while the replicas’ lease is %s',
    replicas => {
      expect(
        controllerView({ ...embedded, embedded: waiting, replicas }),
      ).toMatchObject({ acting: 'none', message: expect.any(String) });
    },
  );

  it('acts in another replica that holds the lease', () => {
    expect(
      controllerView({ ...embedded, embedded: waiting, replicas: 'fresh' }),
    ).toMatchObject({
      acting: 'embedded',
      message: expect.stringContaining('Another replica'),
    });
  });
});
