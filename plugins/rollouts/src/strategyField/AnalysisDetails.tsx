import {
  Checkbox,
  CheckboxGroup,
  NumberField,
  Select,
  TextField,
} from '@backstage/ui';
import type {
  CompleteAnalysis,
  GeneratedAnalysis,
  GeneratedMetric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { Problem, type DetailsProps } from './StrategyDetails';

const CANARY_METRICS: GeneratedMetric[] = ['success-rate', 'latency'];
const BLUE_GREEN_METRICS: GeneratedMetric[] = [
  'smoke-test',
  'success-rate',
  'latency',
];

/** What measures the new version, how often, and how strictly. */
export const AnalysisDetails = ({
  complete,
  given,
  problem,
  onChange,
}: DetailsProps & {
  /** What somebody has said of it so far. */
  given: GeneratedAnalysis | 'none' | undefined;
}) => {
  const { t } = useRolloutsTranslation();
  const { analysis, strategy } = complete;
  const metrics = strategy === 'canary' ? CANARY_METRICS : BLUE_GREEN_METRICS;
  const change = (part: GeneratedAnalysis) =>
    onChange({
      analysis: { ...(given === 'none' ? {} : given), ...part },
    });
  return (
    <>
      <CheckboxGroup
        label={t('strategyField.analysis.label')}
        value={analysis === 'none' ? [] : analysis.metrics}
        onChange={chosen =>
          chosen.length === 0
            ? onChange({ analysis: 'none' })
            : change({ metrics: metrics.filter(each => chosen.includes(each)) })
        }
      >
        {metrics.map(metric => (
          <Checkbox key={metric} value={metric}>
            {t(`strategyField.analysis.${metric}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Problem text={problem('analysis')} />
      {analysis !== 'none' && (
        <Strictness
          analysis={analysis}
          isCanary={strategy === 'canary'}
          problem={problem}
          onChange={change}
        />
      )}
    </>
  );
};

function Strictness(props: {
  analysis: CompleteAnalysis;
  isCanary: boolean;
  problem: DetailsProps['problem'];
  onChange(part: GeneratedAnalysis): void;
}) {
  const { t } = useRolloutsTranslation();
  const { analysis, isCanary, problem, onChange } = props;
  const { metrics } = analysis;
  return (
    <>
      {isCanary && (
        <Select
          label={t('strategyField.analysis.when.label')}
          options={(['background', 'step'] as const).map(when => ({
            id: when,
            label: t(`strategyField.analysis.when.${when}`),
          }))}
          value={analysis.when}
          onChange={when =>
            onChange({ when: when as CompleteAnalysis['when'] })
          }
        />
      )}
      {metrics.includes('success-rate') && (
        <NumberField
          label={t('strategyField.analysis.successRate')}
          value={Number((analysis.successRate * 100).toFixed(3))}
          isInvalid={problem('analysis.successRate') !== undefined}
          onChange={percent => onChange({ successRate: percent / 100 })}
        />
      )}
      {problem('analysis.successRate') !== undefined && (
        // What a template writes is a share; here it is percent.
        <Problem text={t('strategyField.analysis.successRateProblem')} />
      )}
      {metrics.includes('latency') && (
        <NumberField
          label={t('strategyField.analysis.latencyMilliseconds')}
          value={analysis.latencyMilliseconds}
          isInvalid={problem('analysis.latencyMilliseconds') !== undefined}
          onChange={latencyMilliseconds => onChange({ latencyMilliseconds })}
        />
      )}
      <Problem text={problem('analysis.latencyMilliseconds')} />
      <TextField
        label={t('strategyField.analysis.interval')}
        value={analysis.interval}
        isInvalid={problem('analysis.interval') !== undefined}
        onChange={interval => onChange({ interval })}
      />
      <Problem text={problem('analysis.interval')} />
      <NumberField
        label={t('strategyField.analysis.failureLimit')}
        value={analysis.failureLimit}
        isInvalid={problem('analysis.failureLimit') !== undefined}
        onChange={failureLimit => onChange({ failureLimit })}
      />
      <Problem text={problem('analysis.failureLimit')} />
      {metrics.some(each => each !== 'smoke-test') && (
        <TextField
          label={t('strategyField.analysis.prometheus')}
          value={analysis.prometheus}
          isInvalid={problem('analysis.prometheus') !== undefined}
          onChange={prometheus => onChange({ prometheus })}
        />
      )}
      <Problem text={problem('analysis.prometheus')} />
    </>
  );
}
