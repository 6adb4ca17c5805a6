import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// The plugins themselves are found by `app.packages: all` in app-config.yaml.
export default createApp({ features: [navModule, signInModule] });
