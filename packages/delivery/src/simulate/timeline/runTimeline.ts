import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Person, type PersonPlan } from '../people/person';
import { nextLook, settle } from '../simulate';
import type { SimulatedCluster } from '../simulatedCluster';
import { addEvent } from './addEvent';
import { eventsBetween } from './eventsBetween';
import { forecastAbort } from './forecastAbort';
import { observe, type Observation } from './observation';
import { pauseOf, waitsForPromotion } from './pauses';
import { sampleOf } from './sampleOf';
import { stageOf, type Stage } from './stages';
import type {
  AbortForecast,
  PersonAction,
  TimelineEvent,
  TimelineSample,
} from './timeline';

/** Far enough for any strategy that people write. */
const HORIZON = 365 * 24 * 3_600_000;
/** While somebody is waited for, only what is measured may still change things. */
const WAIT_FOR_MEASUREMENTS = 600_000;

export interface RunRequest {
  cluster: SimulatedCluster;
  /** What it looked like before; the first turn's view when absent. */
  before?: Observation;
  /** Milliseconds since the epoch, which become 0. */
  origin: number;
  person?: PersonPlan;
  /** After this time, in milliseconds from the origin, nothing assumed changes. */
  lastAssumedChange?: number;
  /** Also what an abort at each stage would do. */
  forecastAborts?: boolean;
}

/** What came of it. */
export interface TimelineRun {
  events: TimelineEvent[];
  samples: TimelineSample[];
  aborts: AbortForecast[];
  rollout: Rollout;
  /** When the last thing happened, in milliseconds from the origin. */
  end: number;
}

const ACTIONS: Record<PersonAction['do'], string> = {
  promote: 'somebody promotes',
  promoteFull: 'somebody promotes fully',
  abort: 'somebody aborts',
  retry: 'somebody retries',
  scale: 'somebody changes the number of replicas',
};

function sameState(a: TimelineSample, b: TimelineSample): boolean {
  return JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 });
}

/** Records a cluster's way under virtual time. */
class Recorder {
  readonly events: TimelineEvent[] = [];
  readonly samples: TimelineSample[] = [];
  readonly aborts: AbortForecast[] = [];
  #last?: Observation;
  #held?: string;
  /** Where `before` is given, the first view is older than the first plan. */
  #isFirst: boolean;
  #stage?: { stage: Stage; fork: SimulatedCluster };
  readonly #forecast = new Set<string>();

  constructor(private readonly request: RunRequest) {
    this.#last = request.before;
    this.#isFirst = request.before !== undefined;
  }

  person(actions: PersonAction[], now: number) {
    for (const action of actions) {
      const detail = action.do === 'scale' ? ` to ${action.replicas}` : '';
      this.events.push({
        at: now - this.request.origin,
        kind: 'person',
        action: action.do,
        text: `${ACTIONS[action.do]}${detail}`,
      });
    }
  }

  /** Keeps the state in which an abort at this stage would find the cluster. */
  before(now: number) {
    if (!this.request.forecastAborts) return;
    const { cluster } = this.request;
    const stage = stageOf(cluster);
    this.#endStage(stage, now);
    this.#stage = stage && { stage, fork: cluster.fork() };
  }

  #endStage(next: Stage | undefined, now: number) {
    const ended = this.#stage;
    if (!ended || ended.stage.name === next?.name) return;
    const { name } = ended.stage;
    if (this.#forecast.has(name)) return;
    this.#forecast.add(name);
    const { origin } = this.request;
    this.aborts.push(
      forecastAbort(ended.fork, ended.stage, this.samples, now, origin),
    );
  }

  saw(observation: Observation) {
    if (this.#isFirst) {
      this.#isFirst = false;
      return;
    }
    const { origin } = this.request;
    const before = this.#last;
    this.#last = observation;
    if (!before) return;
    for (const event of eventsBetween(before, observation, origin)) {
      addEvent(this.events, event);
    }
    const sample = sampleOf(observation, origin);
    const last = this.samples.at(-1);
    if (last && last.at === sample.at) this.samples.pop();
    const previous = this.samples.at(-1);
    if (!previous || !sameState(previous, sample)) this.samples.push(sample);
  }

  /** What a hold keeps it from is said once. */
  held(text: string | undefined, now: number) {
    if (text !== undefined && text !== this.#held) {
      this.events.push({ at: now - this.request.origin, kind: 'held', text });
    }
    this.#held = text;
  }

  /** The last stage is one that nothing ended. */
  finish(now: number) {
    this.#endStage(undefined, now);
  }
}

/**
 * Lets a simulated cluster and the people around it go on until nothing
 * happens any more.
 */
export function runTimeline(request: RunRequest): TimelineRun {
  const { cluster, origin, lastAssumedChange = 0 } = request;
  const person = new Person(request.person ?? {}, origin);
  const recorder = new Recorder(request);
  let until = origin + HORIZON;
  let now = origin;
  for (;;) {
    recorder.person(person.act(cluster, now), now);
    const { wakeAt } = settle(cluster, now, {
      before: at => {
        recorder.before(at);
        recorder.person(person.actBeforeTurn(cluster), at);
      },
      saw: (snapshot, at, { held }) => {
        recorder.saw(observe(snapshot, at, cluster.experimentSnapshots(at)));
        recorder.held(held, at);
      },
    });
    const personAt = person.nextAt(cluster);
    const pause = pauseOf(cluster.rollout);
    if (pause && waitsForPromotion(pause) && personAt === Infinity) {
      const since = Math.max(pause.since, origin + lastAssumedChange);
      until = Math.min(until, since + WAIT_FOR_MEASUREMENTS);
    }
    const next = nextLook(cluster, now, Math.min(wakeAt, personAt), until);
    if (next > until) break;
    now = Math.max(now + 1, next);
  }
  recorder.finish(now);
  const { events, samples, aborts } = recorder;
  return {
    events,
    samples,
    aborts,
    rollout: cluster.rollout,
    end: now - origin,
  };
}
