export {
  launchBrowser,
  launchBrowserForTests,
  NoBrowserError,
  openContext,
  type GuardedContext,
} from '../../../local/preview/browser';
