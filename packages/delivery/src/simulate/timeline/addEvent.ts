import { scaledText, weightText } from './eventTexts';
import type { TimelineEvent } from './timeline';

/**
 * Adds an event. Several turns of one moment may each change a weight, or the
 * size of a revision: people see one change.
 */
export function addEvent(events: TimelineEvent[], event: TimelineEvent): void {
  const earlier = events.findIndex(
    each =>
      each.at === event.at &&
      ((each.kind === 'weight' && event.kind === 'weight') ||
        (each.kind === 'scaled' &&
          event.kind === 'scaled' &&
          each.role !== 'experiment' &&
          each.revision === event.revision &&
          each.role === event.role)),
  );
  const before = events[earlier];
  if (before?.kind === 'weight' && event.kind === 'weight') {
    const text = weightText(event.to);
    events.splice(earlier, 1);
    if (before.from !== event.to) {
      events.push({ ...event, from: before.from, text });
    }
    return;
  }
  if (before?.kind === 'scaled' && event.kind === 'scaled') {
    const merged = { ...event, from: before.from };
    events.splice(earlier, 1);
    if (merged.from !== merged.to) {
      events.push({ ...merged, text: scaledText(merged) });
    }
    return;
  }
  events.push(event);
}
