import { ManualClock } from '@progressive-delivery/kube';
import { RouteConflicts, type RouteVerdict } from './routeConflicts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A rollout that writes, and somebody who undoes it. */
class Fight {
  readonly clock = new ManualClock();
  readonly #conflicts = new RouteConflicts(this.clock);
  isGitOps = true;
  goal = 'weight 20';
  content: string | undefined = 'weight 0';

  /** One turn; the write is made when it may be. */
  look(): RouteVerdict {
    const { goal, content, isGitOps } = this;
    const object = { uid: 'uid', object: 'VirtualService colors', goal };
    const verdict = this.#conflicts.judge({ ...object, content, isGitOps });
    if (verdict.write) {
      this.content = `${goal}, as the rollout wrote it`;
      this.#conflicts.wrote({ ...object, content: this.content });
    }
    return verdict;
  }

  /** Somebody undoes the last write, and the rollout looks. */
  undone(after: number = SECOND): RouteVerdict {
    this.clock.advance(after);
    this.content = 'weight 0';
    return this.look();
  }

  waits(milliseconds: number): RouteVerdict {
    this.clock.advance(milliseconds);
    return this.look();
  }

  forget() {
    this.#conflicts.forget('uid');
  }
}

function lost(): Fight {
  const fight = new Fight();
  fight.look();
  fight.undone();
  fight.undone();
  fight.undone();
  return fight;
}

describe('a routing object that somebody else changes', () => {
  it('is changed back at once, at first', () => {
    const fight = new Fight();

    expect(fight.look()).toEqual({ write: true });
    expect(fight.undone()).toEqual({ write: true });
    expect(fight.undone()).toEqual({ write: true });
  });

  it('is left to a GitOps tool that has undone three writes in five minutes', () => {
    const fight = new Fight();
    fight.look();
    fight.undone(2 * MINUTE);
    fight.undone(2 * MINUTE);

    expect(fight.undone(2 * MINUTE)).toEqual({
      write: false,
      retryIn: MINUTE,
      undone: 3,
      isNew: true,
    });
  });

  it('is changed back at once when it is undone less often than that', () => {
    const fight = new Fight();
    fight.look();
    for (let time = 0; time < 6; time += 1) {
      expect(fight.undone(3 * MINUTE)).toEqual({ write: true });
    }
  });

  it('is announced once, and not counted again while it waits', () => {
    const fight = lost();

    expect(fight.waits(20 * SECOND)).toEqual({
      write: false,
      retryIn: 40 * SECOND,
      undone: 3,
      isNew: false,
    });
  });

  it('is tried again after a minute, then twice as late each time, up to an hour', () => {
    const fight = lost();
    const waits: number[] = [];
    let wait = MINUTE;
    for (let time = 0; time < 8; time += 1) {
      expect(fight.waits(wait - 1)).toMatchObject({ write: false });
      expect(fight.waits(1)).toEqual({ write: true });
      const verdict = fight.undone();
      wait = verdict.write ? 0 : verdict.retryIn;
      waits.push(wait / MINUTE);
    }

    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is written at once for another goal, which is counted anew', () => {
    const fight = lost();
    fight.goal = 'abort: weight 0';

    expect(fight.look()).toEqual({ write: true });
    expect(fight.undone()).toEqual({ write: true });
    expect(fight.undone()).toEqual({ write: true });
    expect(fight.undone()).toMatchObject({ write: false, isNew: true });
  });

  it('is changed back at once after a write that has stood for long', () => {
    const fight = lost();
    fight.waits(MINUTE);

    expect(fight.undone(6 * MINUTE)).toEqual({ write: true });
  });

  it('may take several writes for one goal', () => {
    const fight = new Fight();
    for (let time = 0; time < 9; time += 1) {
      expect(fight.look()).toEqual({ write: true });
    }
  });

  it('counts when it is deleted again and again', () => {
    const fight = lost();
    fight.waits(MINUTE);
    fight.content = undefined;

    expect(fight.look()).toMatchObject({ write: false, undone: 4 });
  });

  it('is changed back for ever when no GitOps tool owns it, a minute apart at most', () => {
    const fight = new Fight();
    fight.isGitOps = false;
    fight.look();
    const waits: number[] = [];
    for (let time = 0; time < 11; time += 1) {
      const verdict = fight.undone(100);
      const wait = verdict.write ? 0 : verdict.retryIn;
      waits.push(wait / SECOND);
      expect(fight.waits(wait)).toEqual({ write: true });
    }

    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is forgotten with its rollout', () => {
    const fight = lost();

    fight.forget();

    expect(fight.look()).toEqual({ write: true });
  });
});
