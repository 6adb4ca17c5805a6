import type {
  Rollout,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../../__testUtils__/rollouts';
import { noticeOfStanding } from './noticeOfStanding';
import { noticesOfChange, type RolloutGround } from './noticesOfChange';
import { momentOf } from './RolloutMoment';

const ground: RolloutGround = {
  tabPath: '/rollouts',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  entityRef: 'component:default/colors',
  owners: ['group:default/palette'],
  sentence: 'Rolled back: success rate was 71 %.',
};

function rollout(status: Partial<RolloutStatus> = {}, uid = 'u1'): Rollout {
  return canary({
    status,
    metadata: { name: 'colors', namespace: 'demo', uid },
  });
}
const moment = (status?: Partial<RolloutStatus>, uid?: string) =>
  momentOf(rollout(status, uid));
const aborted = (message: string): Partial<RolloutStatus> => ({
  abort: true,
  abortedAt: '2026-11-26T10:00:00Z',
  conditions: [
    {
      type: 'Progressing',
      status: 'False',
      reason: 'RolloutAborted',
      message,
    },
  ],
});
const BY_ANALYSIS = aborted(
  'Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "success-rate" assessed Failed',
);
const BY_PERSON = aborted('Rollout aborted update to revision 2');
const changed = (
  before: ReturnType<typeof moment>,
  after: ReturnType<typeof moment>,
) => noticesOfChange(before, after, ground).map(({ topic }) => topic);

describe('what a change of a rollout tells', () => {
  it('is that analysis rolled it back, to its owners, with the way there', () => {
    expect(noticesOfChange(moment(), moment(BY_ANALYSIS), ground)).toEqual([
      {
        key: 'rolled-back/local/u1/green/2026-11-26T10:00:00Z',
        topic: 'rolled-back',
        title: 'Rolled back: demo/colors',
        description: 'Rolled back: success rate was 71 %.',
        severity: 'high',
        scope: 'rollout/local/u1/green',
        link: '/catalog/default/component/colors/rollouts?rollout=local%2Fdemo%2Fcolors',
        recipients: ['group:default/palette'],
        except: [],
      },
    ]);
  });

  it('is so when the message comes after the abort', () => {
    expect(changed(moment({ abort: true }), moment(BY_ANALYSIS))).toEqual([
      'rolled-back',
    ]);
  });

  it('is nothing when a person aborts, or it was so already', () => {
    expect(changed(moment(), moment(BY_PERSON))).toEqual([]);
    expect(changed(moment(BY_ANALYSIS), moment(BY_ANALYSIS))).toEqual([]);
  });

  it('is that it has finished, once', () => {
    const done = moment({ stableRS: 'green', currentStepIndex: 4 });
    expect(changed(moment(), done)).toEqual(['finished']);
    expect(changed(done, done)).toEqual([]);
  });

  it('is told anew when a version comes back as another revision', () => {
    const keyAt = (revision: number) => {
      const metadata = {
        uid: 'u1',
        annotations: { 'rollout.argoproj.io/revision': `${revision}` },
      };
      const status = { stableRS: 'green', currentStepIndex: 4 };
      const [notice] = noticesOfChange(
        momentOf(canary({ metadata })),
        momentOf(canary({ metadata, status })),
        ground,
      );
      return notice?.key;
    };
    expect(keyAt(2)).toBe(keyAt(2));
    expect(keyAt(4)).not.toBe(keyAt(2));
  });

  it('is nothing when the way back to stable has finished', () => {
    const back = moment({ currentPodHash: 'blue', stableRS: 'blue' });
    expect(changed(moment(BY_ANALYSIS), back)).toEqual([]);
    expect(changed(moment(), back)).toEqual([]);
  });

  it('is nothing when what was aborted is stable by now', () => {
    const done = moment({ stableRS: 'green', currentStepIndex: 4 });
    expect(changed(moment(BY_PERSON), done)).toEqual([]);
  });

  it('is nothing when another object has the name', () => {
    expect(changed(moment({}, 'u0'), moment(BY_ANALYSIS, 'u1'))).toEqual([]);
  });
});

describe('an update that stands still', () => {
  const HOUR = 3_600_000;
  const since = Date.parse('2026-11-01T10:00:00Z');
  const standing = (now: number, status: Partial<RolloutStatus> = {}) =>
    noticeOfStanding(moment(status), now, HOUR, ground);

  it('is told once it lasts longer than expected, once a step', () => {
    expect(standing(since + HOUR - 1)).toBeUndefined();
    const notice = standing(since + HOUR);
    expect(notice).toMatchObject({
      topic: 'stuck',
      title: 'Waiting for somebody for 1 h: demo/colors',
    });
    expect(standing(since + 2 * HOUR)?.key).toBe(notice?.key);
    expect(standing(since + HOUR, { currentStepIndex: 3 })?.key).not.toBe(
      notice?.key,
    );
  });

  it('is counted from the end of a pause that has one', () => {
    const spec: Partial<Rollout['spec']> = {
      strategy: { canary: { steps: [{ pause: { duration: '2h' } }] } },
    };
    const pausing = momentOf(canary({ spec, status: { currentStepIndex: 0 } }));
    const end = since + 2 * HOUR;
    expect(
      noticeOfStanding(pausing, end + HOUR - 1, HOUR, ground),
    ).toBeUndefined();
    expect(noticeOfStanding(pausing, end + HOUR, HOUR, ground)).toMatchObject({
      title: 'No progress for 1 h: demo/colors',
    });
  });

  it('waits for nobody when a blue-green promotion comes by itself', () => {
    const blueGreen = (autoPromotionEnabled: boolean) =>
      momentOf(
        canary({
          spec: {
            strategy: {
              blueGreen: {
                activeService: 'colors',
                autoPromotionEnabled,
                autoPromotionSeconds: 60,
              },
            },
          },
          status: {
            pauseConditions: [
              { reason: 'BlueGreenPause', startTime: '2026-11-01T10:00:00Z' },
            ],
          },
        }),
      );
    expect(blueGreen(true)).toMatchObject({
      waits: false,
      since: since + 60_000,
    });
    expect(blueGreen(false)).toMatchObject({ waits: true, since });
  });

  it('is none that is over, aborted or paused by hand', () => {
    const later = since + 9 * HOUR;
    expect(standing(later, { stableRS: 'green' })).toBeUndefined();
    expect(standing(later, { abort: true })).toBeUndefined();
    const paused = momentOf(canary({ spec: { paused: true }, status: {} }));
    expect(noticeOfStanding(paused, later, HOUR, ground)).toBeUndefined();
  });
});
