import type { RuleFacts } from '../rule';
import { SOURCES } from './sources';

/** What the engine finds by itself, before and after the rules. */
export const ENGINE_RULES = {
  unreadable: {
    id: 'unreadable',
    severity: 'error',
    title: 'A file has Kubernetes objects in YAML or JSON',
    explanation:
      'What cannot be read cannot be applied either, or is something else than was meant: a duplicated key, a tab, an object without kind or name. The other documents are checked all the same.',
    fix: 'Follow the message.',
    source: SOURCES.api,
  },
  suppressionWithoutReason: {
    id: 'suppression-without-reason',
    severity: 'error',
    title: 'Who silences a rule says why',
    explanation:
      'A suppression without a reason cannot be judged by whoever comes next; it does not count.',
    fix: 'Write the reason behind the colon.',
    source: SOURCES.bestPractices,
  },
  suppressionUnknown: {
    id: 'suppression-of-unknown-rule',
    severity: 'error',
    title: 'A suppression names a rule that there is',
    explanation: 'A mistyped name silences nothing.',
    fix: 'Correct the name; docs/lint.md lists them all.',
    source: SOURCES.bestPractices,
  },
  suppressionUnused: {
    id: 'suppression-unused',
    severity: 'info',
    title: 'A suppression silences something',
    explanation:
      'What it was for is gone; left in place it will hide the next mistake of the kind.',
    fix: 'Remove it.',
    source: SOURCES.bestPractices,
  },
} as const satisfies Record<string, RuleFacts>;
