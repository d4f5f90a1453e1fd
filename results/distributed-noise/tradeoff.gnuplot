$curve0 << END
2 81.0267 80.9887 81.0646
7.99999 81.3067 80.7702 81.8431
END
$curve1 << END
2 80.9533 80.3242 81.5824
8 81.23 80.9052 81.5548
END
$curve2 << END
2 81.0433 80.5304 81.5563
7.99999 81.34 81.2743 81.4057
END
$curve3 << END
2 81.0033 80.6927 81.3139
8 81.4167 80.806 82.0273
END
$curve4 << END
2 80.9267 80.7026 81.1507
8 81.2233 80.9979 81.4487
END
$curve5 << END
2 20.9733 17.371 24.5757
8 43.4133 39.562 47.2647
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [1.6:10]
set xtics ("0.001" 0.001, "0.002" 0.002, "0.005" 0.005, "0.01" 0.01, "0.02" 0.02, "0.05" 0.05, "0.1" 0.1, "0.2" 0.2, "0.5" 0.5, "1" 1, "2" 2, "5" 5, "10" 10, "20" 20, "50" 50, "100" 100, "200" 200, "500" 500, "1e+03" 1000, "2e+03" 2000, "5e+03" 5000, "1e+04" 10000, "2e+04" 20000, "5e+04" 50000, "1e+05" 100000, "2e+05" 200000, "5e+05" 500000, "1e+06" 1e+06, "2e+06" 2e+06, "5e+06" 5e+06)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, zero-out, poisson(rate=0.1), rdp accountant}\n{/*0.7 client level, zero-out, poisson(rate=0.1) without amplification, rdp accountant}\n{/*0.7 points: mean of 3 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key below horizontal maxcols 1 opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "server", \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "discrete Gaussian, 12 bits", \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "discrete Gaussian, 16 bits", \
     $curve3 using 1:2:3:4 with yerrorlines linestyle 4 title "discrete Gaussian, 20 bits", \
     $curve4 using 1:2:3:4 with yerrorlines linestyle 5 title "Skellam, 16 bits", \
     $curve5 using 1:2:3:4 with yerrorlines linestyle 6 title "local"
