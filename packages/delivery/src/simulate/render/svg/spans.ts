import type { Timeline, TimelineEvent } from '../../timeline/timeline';

/** Something that lasts. */
export interface Span {
  from: number;
  until: number;
  text: string;
  /** For analyses: how it ended; "Running" when it has not. */
  phase?: string;
}

type Kind = TimelineEvent['kind'];

/** From each event of one kind to the next of the others, or to the end. */
function spansOf(
  { events }: Timeline,
  end: number,
  begins: Kind,
  ends: Kind[],
  text: (event: TimelineEvent) => string,
): Span[] {
  return events.flatMap((event, i): Span[] => {
    if (event.kind !== begins) return [];
    const over = events.slice(i + 1).find(each => ends.includes(each.kind));
    const until = over?.at ?? end;
    return until > event.at
      ? [{ from: event.at, until, text: text(event) }]
      : [];
  });
}

export function pausesOf(timeline: Timeline, end: number): Span[] {
  return spansOf(
    timeline,
    end,
    'paused',
    ['resumed', 'aborted', 'promoted', 'paused'],
    each => each.text,
  );
}

export function stepSpansOf(timeline: Timeline, end: number): Span[] {
  return spansOf(
    timeline,
    end,
    'stepBegan',
    ['stepEnded', 'aborted', 'stepBegan'],
    each => (each.kind === 'stepBegan' ? `${each.step} ${each.label}` : ''),
  );
}

export function analysesOf({ events }: Timeline, end: number): Span[] {
  return events.flatMap((event): Span[] => {
    if (event.kind !== 'analysisBegan') return [];
    const over = events.find(
      each => each.kind === 'analysisEnded' && each.name === event.name,
    );
    return [
      {
        from: event.at,
        until: over?.at ?? end,
        text: over?.text ?? event.text,
        phase: over?.kind === 'analysisEnded' ? over.phase : 'Running',
      },
    ];
  });
}
