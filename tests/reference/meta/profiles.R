# Every pooled comparison of knowledge/profiles, worked out by metafor from the same rows.
# Writes profiles.json: comparison, its rows as they were, estimate, interval, I2, tau2 and Q.
# Run after a row of a profile changes: Rscript profiles.R   (R 4.2.2, metafor 3.8-1, yaml and jsonlite made the file that is stored here)
suppressMessages({library(metafor); library(yaml); library(jsonlite)})
control <- list(threshold = 1e-13, maxiter = 10000)
out <- list()
for (file in sort(list.files("../../../knowledge/profiles", pattern = "[.]yaml$", full.names = TRUE))) {
  profile <- read_yaml(file)
  for (c in profile$comparisons) {
    rows <- c$rows; of <- function(k) sapply(rows, function(r) if (is.null(r[[k]])) NA else r[[k]])
    printed <- !is.null(rows[[1]]$est)
    log_scale <- c$measure %in% c("RR", "OR", "HR")
    if (c$method == "MH") {
      add <- if (identical(c$zero_cells, "revman")) list(c(.5, .5), c("only0", "only0")) else list(c(.5, 0), c("only0", "none"))
      r <- rma.mh(ai = of("ai"), n1i = of("n1"), ci = of("ci"), n2i = of("n2"), measure = c$measure, add = add[[1]], to = add[[2]], drop00 = c(TRUE, TRUE))
    } else {
      if (printed) {
        f <- if (log_scale) log else identity
        yi <- f(of("est")); ends <- sapply(rows, function(r) f(unlist(r$ci))); vi <- ((ends[2, ] - ends[1, ]) / (2 * qnorm(.975)))^2
      } else if (c$measure == "MD") {
        e <- escalc("MD", m1i = of("m1"), sd1i = of("sd1"), n1i = of("n1"), m2i = of("m2"), sd2i = of("sd2"), n2i = of("n2")); yi <- e$yi; vi <- e$vi
      } else {
        e <- escalc(c$measure, ai = of("ai"), n1i = of("n1"), ci = of("ci"), n2i = of("n2")); yi <- e$yi; vi <- e$vi
      }
      r <- if (length(yi) > 1) rma(yi, vi, method = c$method, control = control) else rma(yi, vi, method = "EE")
    }
    many <- length(rows) > 1
    out[[length(out) + 1]] <- list(condition = profile$id, comparison = c$id, numbers = lapply(rows, function(r) I(unlist(r[intersect(if (is.null(r$m1)) if (is.null(r$est)) c("ai", "n1", "ci", "n2") else "est" else c("m1", "sd1", "n1", "m2", "sd2", "n2"), names(r))], use.names = FALSE))),
      people = sum(sapply(rows, function(r) if (!is.null(r$people)) r$people else r$n1 + r$n2)),
      est = c(r$beta), ci = c(r$ci.lb, r$ci.ub), shown = if (log_scale) exp(c(r$beta, r$ci.lb, r$ci.ub)) else c(r$beta, r$ci.lb, r$ci.ub),
      I2 = if (many) r$I2 else NULL, tau2 = if (many && c$method != "MH") r$tau2 else NULL, Q = if (many) r$QE else NULL)
  }
}
writeLines(toJSON(out, auto_unbox = TRUE, digits = 12, null = "null", pretty = TRUE), "profiles.json")
