import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** The time left of a timed pause, by the second. */
export const Countdown = ({ endsAt }: { endsAt: string }) => {
  const { t, time } = useRolloutsTranslation();
  const left = (Date.parse(endsAt) - useNow(1000)) / 1000;
  return (
    <span role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {left > 0
        ? t('steps.countdown', { left: time.duration(Math.ceil(left)) })
        : t('steps.over')}
    </span>
  );
};
