import { Alert, Select, Skeleton } from '@backstage/ui';
import type { Timeline } from '@progressive-delivery/delivery/preview';
import { useId, useState } from 'react';
import { formatPercent } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { AbortCosts } from './AbortCosts';
import { FutureChart } from './FutureChart';
import { exposedUntil, futurePlot, sampleAt } from './futurePlot';
import styles from './FutureView.module.css';
import type { Future } from './useFuture';

/** The whole future of a strategy: in a sentence, a picture, and numbers. */
export const FutureView = (props: {
  future: Future;
  /** Whether the form says something that a future can be computed of. */
  isSound: boolean;
  failAtStep: number | undefined;
  onFailAtStep(step: number | undefined): void;
}) => {
  const { t } = useRolloutsTranslation();
  const headingId = useId();
  const { future, isSound, failAtStep, onFailAtStep } = props;
  const { timeline, error, isOld } = future;
  return (
    <section
      className={styles.future}
      aria-labelledby={headingId}
      aria-busy={isSound && isOld && !error}
    >
      <div className={styles.head}>
        <h3 id={headingId} className={styles.heading}>
          {t('strategyField.future.label')}
        </h3>
        {isSound && timeline && (
          <What
            steps={timeline.rollout.steps}
            failAtStep={failAtStep}
            onChange={onFailAtStep}
          />
        )}
      </div>
      {!isSound && (
        <p className={styles.note}>{t('strategyField.future.unsound')}</p>
      )}
      {isSound && error && (
        <Alert
          status="danger"
          title={t('strategyField.future.failed', { message: error.message })}
        />
      )}
      {isSound && !timeline && !error && (
        <div aria-label={t('strategyField.future.loading')}>
          <Skeleton width="60%" height={20} />
          <Skeleton width="100%" height={200} />
        </div>
      )}
      {isSound && timeline && (
        <div className={isOld ? styles.old : styles.shown}>
          <Outcome timeline={timeline} />
          <Moments timeline={timeline} />
          <AbortCosts aborts={timeline.aborts} />
          <Findings findings={future.findings} />
        </div>
      )}
    </section>
  );
};

/** All goes well, or it fails at a step. */
function What(props: {
  steps: string[];
  failAtStep: number | undefined;
  onChange(step: number | undefined): void;
}) {
  const { t } = useRolloutsTranslation();
  const { steps, failAtStep, onChange } = props;
  if (steps.length === 0) return null;
  return (
    <Select
      className={styles.what}
      size="small"
      aria-label={t('strategyField.future.ifLabel')}
      options={[
        { id: 'well', label: t('strategyField.future.ifWell') },
        ...steps.map((label, index) => ({
          id: String(index + 1),
          label: t('strategyField.future.ifFails', {
            step: String(index + 1),
            label,
          }),
        })),
      ]}
      value={failAtStep === undefined ? 'well' : String(failAtStep)}
      onChange={chosen =>
        onChange(chosen === 'well' ? undefined : Number(chosen))
      }
    />
  );
}

function Outcome({ timeline: { outcome, exposed } }: { timeline: Timeline }) {
  const { t, time } = useRolloutsTranslation();
  return (
    <p className={styles.outcome} aria-live="polite">
      {t(`strategyField.future.${outcome.kind}`, {
        duration: time.duration(outcome.at / 1_000),
      })}{' '}
      {exposed < 1
        ? t('strategyField.future.notExposed')
        : t('strategyField.future.exposed', {
            duration: time.duration(exposed / 1_000),
          })}
    </p>
  );
}

/** The picture, and what holds at the moment that somebody looks at. */
function Moments({ timeline }: { timeline: Timeline }) {
  const { t, time } = useRolloutsTranslation();
  const [fraction, setFraction] = useState<number>();
  const { length } = futurePlot(timeline);
  const at = fraction === undefined ? undefined : fraction * length;
  const sample = at === undefined ? undefined : sampleAt(timeline.samples, at);
  const said = (moment: number, share: number) =>
    share > 0
      ? t('strategyField.future.at', {
          at: time.duration(moment / 1_000),
          share: formatPercent(share),
          exposed: time.duration(
            exposedUntil(timeline.samples, moment, timeline.outcome.at) / 1_000,
          ),
        })
      : t('strategyField.future.atNone', {
          at: time.duration(moment / 1_000),
        });
  const text = at === undefined || !sample ? undefined : said(at, sample.share);
  return (
    <div>
      <FutureChart timeline={timeline} moment={at} />
      <input
        className={styles.moment}
        type="range"
        min={0}
        max={1}
        step={0.005}
        value={fraction ?? 0}
        aria-label={t('strategyField.future.moment')}
        aria-valuetext={text}
        onChange={({ target }) => setFraction(Number(target.value))}
      />
      <p className={styles.note}>{text ?? t('strategyField.future.moment')}</p>
    </div>
  );
}

function Findings({ findings }: { findings: Future['findings'] }) {
  const { t } = useRolloutsTranslation();
  if (findings.length === 0) {
    return <p className={styles.note}>{t('strategyField.findings.none')}</p>;
  }
  return (
    <div>
      <h4 className={styles.subheading}>{t('strategyField.findings.label')}</h4>
      <ul className={styles.findings}>
        {findings.map(({ rule, field, message, fix }) => (
          <li key={`${rule} ${field} ${message}`}>
            {message} <span className={styles.fix}>{fix}</span>{' '}
            <code className={styles.rule}>{rule}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
