export { registerScreen, type ScreenContext } from './screening/commands.ts'
