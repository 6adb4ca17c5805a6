import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** From this on seconds count. */
const SOON_MS = 120_000;

/** "56 min" until a time, in seconds at the end; nothing once it has come. */
export const TimeLeft = (props: {
  until: string;
  /** Puts words around the time. */
  words(left: string): string;
  over?: string;
}) => {
  const { time } = useRolloutsTranslation();
  const left = Date.parse(props.until) - useNow(1000);
  const seconds =
    left > SOON_MS ? Math.ceil(left / 60_000) * 60 : Math.ceil(left / 1000);
  return (
    <time dateTime={props.until} title={time.exact(props.until)}>
      {left > 0 ? props.words(time.duration(seconds)) : props.over}
    </time>
  );
};
