using IgLoop.Cli;

return Root.Run(args);
