import { Box } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { AnalysisDetails } from './AnalysisDetails';
import { FutureView } from './FutureView';
import { PresetChoice } from './PresetChoice';
import { StrategyDetails } from './StrategyDetails';
import {
  complete,
  describe,
  describedService,
  problemsOf,
  withPreset,
  type StrategyValue,
} from './strategyValue';
import styles from './StrategyField.module.css';
import { useFuture } from './useFuture';

export interface StrategyFieldProps {
  formData?: StrategyValue;
  onChange(value: StrategyValue): void;
  /** What is chosen at first. */
  defaults?: StrategyValue;
  /** What the other fields of the form say. */
  formContext?: { formData?: unknown };
}

/**
 * A strategy to begin with, every detail of it, and beside them the future of
 * the next release, computed while somebody types.
 */
export const StrategyField = ({
  formData = {},
  onChange,
  defaults = {},
  formContext,
}: StrategyFieldProps) => {
  const { t } = useRolloutsTranslation();
  // A form begins with an object in which nothing is.
  const isUntouched = Object.keys(formData).length === 0;
  const value = isUntouched ? defaults : formData;
  const isToBeSaid = isUntouched && Object.keys(defaults).length > 0;
  useEffect(() => {
    if (isToBeSaid) onChange(defaults);
  }, [isToBeSaid, defaults, onChange]);
  const [failAtStep, setFailAtStep] = useState<number>();
  const problems = problemsOf(value);
  const isSound = problems.length === 0;
  const service = describedService(formContext?.formData);
  const described = isSound
    ? JSON.stringify(describe(value, service))
    : undefined;
  const future = useFuture(described, failAtStep, setFailAtStep);
  const all = complete(value);
  const change = (changed: StrategyValue) => onChange({ ...value, ...changed });
  /** Of the field itself, or of a part of it: `weights[1]`. */
  const problem = (path: string) =>
    problems.find(
      each => each.path === path || each.path.startsWith(`${path}[`),
    )?.message;

  return (
    <Box bg="neutral" className={styles.field}>
      <PresetChoice
        value={all.preset}
        onChange={preset => {
          setFailAtStep(undefined);
          onChange(withPreset(value, preset));
        }}
      />
      <div className={styles.sides}>
        <div className={styles.details}>
          <h3 className={styles.heading}>{t('strategyField.details')}</h3>
          <StrategyDetails complete={all} problem={problem} onChange={change} />
          <AnalysisDetails
            complete={all}
            given={value.analysis}
            problem={problem}
            onChange={change}
          />
        </div>
        <FutureView
          future={future}
          isSound={isSound}
          failAtStep={failAtStep}
          onFailAtStep={setFailAtStep}
        />
      </div>
    </Box>
  );
};
