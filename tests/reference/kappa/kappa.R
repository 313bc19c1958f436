# Cohen's kappa with its large-sample standard error, by the package vcd; writes kappa.json beside this script.
# Rscript tests/reference/kappa/kappa.R   (Debian: apt-get install r-cran-vcd r-cran-jsonlite)
suppressPackageStartupMessages({library(vcd); library(jsonlite)})
tables <- list(
  sexual_fun = unclass(SexualFun),
  screening = matrix(c(41, 7, 5, 180), 2, byrow = TRUE),
  three_groups = matrix(c(22, 3, 6, 2, 150, 9, 4, 5, 11), 3, byrow = TRUE),
  below_chance = matrix(c(3, 17, 15, 5), 2, byrow = TRUE),
  perfect = matrix(c(12, 0, 0, 40), 2, byrow = TRUE),
  small = matrix(c(2, 1, 1, 2), 2, byrow = TRUE))
out <- lapply(names(tables), function(n) {
  x <- tables[[n]]; k <- Kappa(x)$Unweighted; ci <- k["value"] + c(-1, 1) * qnorm(0.975) * k["ASE"]
  list(name = n, table = unname(matrix(as.integer(x), nrow(x))), kappa = unname(k["value"]), se = unname(k["ASE"]), low = ci[1], high = ci[2])
})
dir <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write(toJSON(list(r = R.version.string, vcd = as.character(packageVersion("vcd")), cases = out), digits = 15, auto_unbox = TRUE, pretty = TRUE), file.path(dir, "kappa.json"))
