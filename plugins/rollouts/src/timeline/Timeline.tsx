import {
  ROLLOUT_ACTIONS,
  type RolloutDetail,
  type TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Button } from '@backstage/ui';
import {
  RiAlertLine,
  RiErrorWarningLine,
  RiInformationLine,
  RiLineChartLine,
  RiUserLine,
} from '@remixicon/react';
import { useState } from 'react';
import { useNow } from '../live/useNow';
import { isEntityRef, Person } from '../people/Person';
import type { Translate } from '../translation/ref';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './Timeline.module.css';

const FIRST = 8;

function iconOf({ severity, source }: TimelineEntry) {
  if (severity === 'error') {
    return RiErrorWarningLine;
  }
  if (severity === 'warning') {
    return RiAlertLine;
  }
  if (source === 'action') {
    return RiUserLine;
  }
  return source === 'analysis' ? RiLineChartLine : RiInformationLine;
}

/** Events, actions and decisions, newest first, with who and why. */
export const Timeline = ({
  rollout,
  past = false,
}: {
  rollout: Pick<RolloutDetail, 'timeline'>;
  /** It is over: the time of day says more than how long ago it was. */
  past?: boolean;
}) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const [all, setAll] = useState(false);
  const { timeline } = rollout;
  const shown = all ? timeline : timeline.slice(0, FIRST);
  if (timeline.length === 0) {
    return <p className={styles.none}>{t('timeline.none')}</p>;
  }
  return (
    <>
      <ol className={styles.entries}>
        {shown.map(entry => {
          const Icon = iconOf(entry);
          return (
            <li
              key={entry.id}
              className={styles.entry}
              data-severity={entry.severity}
            >
              <Icon
                size={16}
                className={styles.icon}
                aria-label={t(`timeline.severity.${entry.severity}`)}
              />
              <time
                className={styles.at}
                dateTime={entry.at}
                title={time.exact(entry.at)}
              >
                {past ? time.clock(entry.at) : time.age(entry.at, now)}
              </time>
              <span className={styles.what}>
                <span className={styles.title}>{titleOf(entry, t)}</span>{' '}
                {entry.text}
                {(entry.count ?? 1) > 1 && (
                  <span className={styles.quiet}>
                    {' '}
                    {t('timeline.times', { total: String(entry.count) })}
                  </span>
                )}
                {entry.by && (
                  <span className={styles.quiet}>
                    {' · '}
                    <By who={entry.by} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {!all && timeline.length > FIRST && (
        <div>
          <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
            {t('timeline.more', { total: String(timeline.length) })}
          </Button>
        </div>
      )}
    </>
  );
};

/** A person as a link to their page, a controller by name. */
function By({ who }: { who: string }) {
  const { t } = useRolloutsTranslation();
  return isEntityRef(who) ? (
    <Person who={who} />
  ) : (
    <>{t('timeline.by', { who })}</>
  );
}

/** An action is told by its name in the reader's language, an event by its reason. */
function titleOf({ source, title }: TimelineEntry, t: Translate): string {
  const action = ROLLOUT_ACTIONS.find(each => each === title);
  return source === 'action' && action ? t(`actions.name.${action}`) : title;
}
