import {
  createTranslationRef,
  type useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { rolloutsMessages } from './messages';

/** Override or translate any string of the plugin with this. @public */
export const rolloutsTranslationRef = createTranslationRef({
  id: 'rollouts',
  messages: rolloutsMessages,
});

/** The translation function of this plugin's messages. */
export type Translate = ReturnType<
  typeof useTranslationRef<(typeof rolloutsTranslationRef)['T']>
>['t'];
